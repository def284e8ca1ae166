-- The rank of each card in every drawing. `{terms}` is written for as many criteria as the set has: s1 * w1 + s2 * w2 …,
-- whole numbers throughout (shares in thousand-millionths, weights in millionths).
--   reads  earned, draws
CREATE TABLE drawn AS
WITH listed AS (
    SELECT card, grp, list(CAST(part * 1000000000 // whole AS BIGINT) ORDER BY place) AS shares
    FROM earned
    GROUP BY card, grp
),
cards_wide AS MATERIALIZED (SELECT card, grp, {shares} FROM listed),
draws_wide AS MATERIALIZED (SELECT time, {weights} FROM draws),
sums AS (SELECT card, grp, time, {terms} AS whole FROM cards_wide CROSS JOIN draws_wide)
SELECT card, CAST(rank() OVER (PARTITION BY grp, time ORDER BY whole DESC) AS INTEGER) AS rank FROM sums;
