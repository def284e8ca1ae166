-- The rank of each card in every drawing: whole numbers throughout. `{terms}`: s1 * w1 + s2 * w2 …, one a criterion.
--   reads  cards_wide, draws_wide (tables, not parts of this query: their bounds spare most checks for overflow)
CREATE TABLE drawn AS
WITH sums AS (SELECT card, grp, time, {terms} AS whole FROM cards_wide CROSS JOIN draws_wide)
SELECT card, CAST(rank() OVER (PARTITION BY grp, time ORDER BY whole DESC) AS INTEGER) AS rank FROM sums;
