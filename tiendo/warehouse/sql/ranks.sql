-- Standard competition ranks of the rounded score within a group, and how many share each.
--   reads  scores
CREATE TABLE ranks AS
SELECT
    card,
    grp,
    score,
    rank() OVER (PARTITION BY grp ORDER BY score DESC) AS rank,
    count(*) OVER (PARTITION BY grp, score) AS tied
FROM scores;
