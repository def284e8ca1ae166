-- Each card's shares of all criteria beside one another, in thousand-millionths, cut. `{shares}`: one column a criterion.
--   reads  earned
CREATE TABLE cards_wide AS
WITH listed AS (
    SELECT card, grp, list(CAST(part * 1000000000 // whole AS BIGINT) ORDER BY place) AS shares
    FROM earned
    GROUP BY card, grp
)
SELECT card, grp, {shares} FROM listed;
