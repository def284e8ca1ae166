-- Longer periods from those in which the indicator is measured, for a level: sums, means, last, greatest, least.
--   reads  known, rules, periods, period_parts (whole, part, months)
INSERT INTO known
WITH parts AS (
    SELECT known.*, whole, place, over_time, needs_all
    FROM known
    JOIN rules USING (indicator_id)
    JOIN period_parts ON period_parts.part = known.period AND period_parts.months = rules.months
    WHERE level = {level} AND NOT is_formula AND NOT is_ratio AND over_time IN ('sum', 'mean', 'last', 'max', 'min')
),
lengths AS (
    SELECT whole, months, count(*) AS expected FROM period_parts GROUP BY whole, months
),
rolled AS (
    SELECT
        indicator_id,
        unit_id,
        whole,
        slice,
        any_value(over_time) AS how,
        any_value(needs_all) AS needs_all,
        count(*) AS there,
        count(*) FILTER (is_excused) AS excused,
        count(value) AS counted,
        min(finality) FILTER (value IS NOT NULL) AS finality,
        coalesce(bool_or(is_unfinished) FILTER (value IS NOT NULL), false) AS is_unfinished,
        arg_max(is_unfinished, place) FILTER (value IS NOT NULL) AS last_is_unfinished,
        max(place) FILTER (value IS NOT NULL) AS last_place,
        coalesce(list(place) FILTER (is_excused), []) AS excused_places,
        sum(value) AS total,
        min(value) AS least_value,
        max(value) AS greatest_value,
        arg_max(value, place) FILTER (value IS NOT NULL) AS last_value
    FROM parts
    GROUP BY indicator_id, unit_id, whole, slice
),
totals AS (SELECT *, CASE WHEN how = 'mean' THEN millionths(total) END AS dividend FROM rolled),
divided AS (SELECT *, quotient(dividend, counted) AS cut FROM totals)
SELECT
    divided.indicator_id,
    divided.unit_id,
    divided.whole,
    divided.slice,
    'rolled_up',
    coalesce(finality, 0),
    CASE
        WHEN counted = 0 OR divided.needs_all AND counted < expected - excused THEN NULL
        WHEN how = 'sum' THEN TRY_CAST(total AS DECIMAL(24, 6))
        WHEN how = 'mean' THEN told(nearest(cut, dividend - cut * counted, counted))
        WHEN how = 'last' THEN last_value
        WHEN how = 'max' THEN greatest_value
        ELSE least_value
    END,
    false,
    -- A level is finished as soon as its last part is.
    CASE
        WHEN counted = 0 THEN false
        WHEN how = 'last'
        THEN last_is_unfinished
            OR last_place + len(list_filter(excused_places, lambda p: p > last_place)) < expected - 1
        ELSE is_unfinished OR counted < expected - excused
    END
FROM divided
JOIN rules USING (indicator_id)
JOIN lengths ON lengths.whole = divided.whole AND lengths.months = rules.months
ANTI JOIN (
    SELECT known.* FROM known JOIN rules USING (indicator_id) JOIN periods USING (period)
    WHERE periods.months > rules.months
) AS longer
    ON longer.indicator_id = divided.indicator_id AND longer.unit_id = divided.unit_id
    AND longer.period = divided.whole AND longer.slice = divided.slice
WHERE there > excused;
