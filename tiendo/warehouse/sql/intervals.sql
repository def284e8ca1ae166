-- The middle of each card's ranks over all drawings, `left_out` of them off each end, never without the rank itself.
--   reads  ranks, drawn, settings (left_out)
CREATE TABLE intervals AS
WITH sorted AS (SELECT card, list(rank ORDER BY rank) AS ranks FROM drawn GROUP BY card)
SELECT
    card,
    grp,
    score,
    rank,
    tied,
    least(rank, coalesce(ranks[left_out + 1], rank)) AS rank_low,
    greatest(rank, coalesce(ranks[len(ranks) - left_out], rank)) AS rank_high
FROM ranks LEFT JOIN sorted USING (card) CROSS JOIN settings;
