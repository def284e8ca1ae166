-- The whole from the units measured under it, for a level: sums, means, last, greatest, least. A unit where nothing of
-- the kind occurs is no part.
--   reads  known, rules, rule_kinds, members, periods, expected
INSERT INTO known
WITH parts AS (
    SELECT known.*, whole_id, over_units, needs_all
    FROM known
    JOIN rules USING (indicator_id)
    JOIN periods USING (period)
    JOIN members USING (unit_id)
    SEMI JOIN rule_kinds ON rule_kinds.indicator_id = known.indicator_id AND rule_kinds.kind = members.kind
    WHERE level = {level} AND NOT is_formula AND over_units IN ('sum', 'mean', 'last', 'max', 'min')
        AND periods.months <= rules.months AND is_in_force(valid_from, valid_to, last_day)
),
rolled AS (
    SELECT
        indicator_id,
        whole_id,
        period,
        slice,
        any_value(over_units) AS how,
        any_value(needs_all) AS needs_all,
        count(*) AS there,
        count(*) FILTER (is_excused) AS excused,
        count(value) AS counted,
        min(finality) FILTER (value IS NOT NULL) AS finality,
        coalesce(bool_or(is_unfinished) FILTER (value IS NOT NULL), false) AS is_unfinished,
        sum(value) AS total,
        min(value) AS least_value,
        max(value) AS greatest_value,
        arg_max(value, unit_id) FILTER (value IS NOT NULL) AS last_value
    FROM parts
    GROUP BY indicator_id, whole_id, period, slice
),
totals AS (SELECT *, CASE WHEN how = 'mean' THEN millionths(total) END AS dividend FROM rolled),
divided AS (SELECT *, quotient(dividend, counted) AS cut FROM totals)
SELECT
    indicator_id,
    whole_id,
    period,
    slice,
    'rolled_up',
    coalesce(finality, 0),
    CASE
        WHEN counted = 0 OR needs_all AND counted < expected - excused THEN NULL
        WHEN how = 'sum' THEN TRY_CAST(total AS DECIMAL(24, 6))
        WHEN how = 'mean' THEN told(nearest(cut, dividend - cut * counted, counted))
        WHEN how = 'last' THEN last_value
        WHEN how = 'max' THEN greatest_value
        ELSE least_value
    END,
    false,
    is_unfinished OR counted < expected - excused
FROM divided
JOIN expected USING (indicator_id, whole_id, period)
ANTI JOIN (SELECT known.* FROM known SEMI JOIN members ON members.whole_id = known.unit_id) AS there
    ON there.indicator_id = divided.indicator_id AND there.unit_id = divided.whole_id
    AND there.period = divided.period AND there.slice = divided.slice
WHERE divided.there > excused;
