-- The ratio of the sums of both sides over the units measured under a whole, for a level.
--   reads  sides, rules, rule_kinds, members, periods, expected
INSERT INTO known
WITH rolled AS (
    SELECT
        sides.indicator_id,
        whole_id,
        period,
        slice,
        any_value(needs_all) AS needs_all,
        any_value(scale_up) AS scale_up,
        any_value(scale_down) AS scale_down,
        count(*) AS there,
        count(*) FILTER (is_excused) AS excused,
        count(*) FILTER (NOT is_excused AND numerator IS NOT NULL AND denominator IS NOT NULL) AS counted,
        coalesce(bool_or(is_unfinished) FILTER (NOT is_excused), false) AS is_unfinished,
        min(finality) FILTER (NOT is_excused) AS finality,
        sum(numerator) FILTER (NOT is_excused AND denominator IS NOT NULL) AS over_sum,
        sum(denominator) FILTER (NOT is_excused AND numerator IS NOT NULL) AS under_sum
    FROM sides
    JOIN rules USING (indicator_id)
    JOIN periods USING (period)
    JOIN members USING (unit_id)
    SEMI JOIN rule_kinds ON rule_kinds.indicator_id = sides.indicator_id AND rule_kinds.kind = members.kind
    WHERE over_units = 'ratio' AND is_in_force(valid_from, valid_to, last_day)
    GROUP BY sides.indicator_id, whole_id, period, slice
),
asked AS (
    SELECT
        *,
        millionths(over_sum) * 1000000 * scale_up * sign(under_sum) AS dividend,
        CASE
            WHEN counted > 0 AND under_sum <> 0 AND NOT (needs_all AND counted < expected - excused)
            THEN millionths(abs(under_sum)) * scale_down
        END AS divisor
    FROM rolled JOIN expected USING (indicator_id, whole_id, period)
),
divided AS (SELECT *, quotient(dividend, divisor) AS cut FROM asked)
SELECT
    indicator_id,
    whole_id,
    period,
    slice,
    'rolled_up',
    coalesce(finality, 0),
    told(nearest(cut, dividend - cut * divisor, divisor)),
    false,
    is_unfinished OR counted < expected - excused
FROM divided
ANTI JOIN (SELECT known.* FROM known SEMI JOIN members ON members.whole_id = known.unit_id) AS there
    ON there.indicator_id = divided.indicator_id AND there.unit_id = divided.whole_id
    AND there.period = divided.period AND there.slice = divided.slice
WHERE divided.there > excused;
