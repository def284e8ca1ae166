-- The sum over all criteria, rounded once, half up, to the decimals of the set (`unit`, in 10⁻¹⁵ points).
--   reads  earned, settings (unit)
-- A quotient that does not end is cut at 10⁻¹⁵, so the sum lies between `least_sum` and one step more for each cut.
-- Where the two ends round apart, `is_doubtful` asks for exact fractions, outside.
CREATE TABLE scores AS
WITH terms AS (
    SELECT card, grp, millionths(weight) * part * 1000000000 AS dividend, whole FROM earned
),
sums AS (
    SELECT
        card,
        grp,
        CAST(sum(dividend // whole) AS HUGEINT) AS least_sum,
        count(*) FILTER (dividend % whole <> 0) AS cuts
    FROM terms
    GROUP BY card, grp
)
SELECT
    card,
    grp,
    told((2 * least_sum + unit) // (2 * unit) * (unit // 1000000000)) AS score,
    (2 * least_sum + unit) // (2 * unit) <> (2 * (least_sum + cuts) + unit) // (2 * unit) AS is_doubtful
FROM sums CROSS JOIN settings;
