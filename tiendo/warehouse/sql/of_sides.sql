-- A ratio of one unit and period: the figure of its numerator over that of its denominator.
--   reads  sides, rules, known
INSERT INTO known
WITH asked AS (
    SELECT
        sides.*,
        millionths(numerator) * 1000000 * scale_up * sign(denominator) AS dividend,
        CASE WHEN denominator <> 0 THEN millionths(abs(denominator)) * scale_down END AS divisor
    FROM sides
    JOIN rules USING (indicator_id)
    ANTI JOIN (SELECT known.* FROM known SEMI JOIN sides USING (indicator_id)) AS there
        USING (indicator_id, unit_id, period, slice)
    WHERE is_ratio AND NOT is_excused AND {which}
),
divided AS (SELECT *, quotient(dividend, divisor) AS cut FROM asked)
SELECT
    indicator_id,
    unit_id,
    period,
    slice,
    'computed',
    coalesce(finality, 0),
    told(nearest(cut, dividend - cut * divisor, divisor)),
    false,
    is_unfinished
FROM divided;
