-- The mean of shorter periods, each weighted by another indicator's figure of the same unit and period, for a level.
--   reads  known, rules, periods, period_parts
INSERT INTO known
WITH parts AS (
    SELECT
        known.indicator_id,
        known.unit_id,
        whole,
        known.slice,
        needs_all,
        rules.months,
        known.value,
        weights.value AS weight,
        CASE WHEN known.value IS NOT NULL THEN known.finality END AS own_finality,
        CASE WHEN weights.value IS NOT NULL THEN weights.finality END AS weight_finality,
        known.is_excused OR coalesce(weights.is_excused, false) AS is_excused,
        known.is_unfinished AND known.value IS NOT NULL
        OR coalesce(weights.is_unfinished AND weights.value IS NOT NULL, false) AS is_unfinished
    FROM known
    JOIN rules USING (indicator_id)
    JOIN period_parts ON period_parts.part = known.period AND period_parts.months = rules.months
    LEFT JOIN (SELECT * FROM known WHERE slice = '') AS weights
        ON weights.indicator_id = rules.weight_id AND weights.unit_id = known.unit_id AND weights.period = known.period
    WHERE level = {level} AND NOT is_formula AND NOT is_ratio AND over_time = 'weighted'
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
        any_value(months) AS months,
        any_value(needs_all) AS needs_all,
        count(*) AS there,
        count(*) FILTER (is_excused) AS excused,
        count(*) FILTER (NOT is_excused AND value IS NOT NULL AND weight IS NOT NULL) AS counted,
        coalesce(bool_or(is_unfinished) FILTER (NOT is_excused), false) AS is_unfinished,
        bool_or(weight < 0) FILTER (NOT is_excused AND value IS NOT NULL) AS is_negative,
        least(min(own_finality) FILTER (NOT is_excused), min(weight_finality) FILTER (NOT is_excused)) AS finality,
        sum(millionths(value) * millionths(weight)) FILTER (NOT is_excused) AS total,
        sum(millionths(weight)) FILTER (NOT is_excused AND value IS NOT NULL) AS weights
    FROM parts
    GROUP BY indicator_id, unit_id, whole, slice
),
divided AS (
    SELECT
        *,
        CASE
            WHEN NOT (needs_all AND counted < expected - excused) AND NOT is_negative AND weights <> 0
            THEN quotient(total, weights)
        END AS cut
    FROM rolled JOIN lengths USING (whole, months)
)
SELECT
    indicator_id,
    unit_id,
    whole,
    slice,
    'rolled_up',
    coalesce(finality, 0),
    told(nearest(cut, total - cut * weights, weights)),
    false,
    is_unfinished OR counted < expected - excused
FROM divided
ANTI JOIN (
    SELECT known.* FROM known JOIN rules USING (indicator_id) JOIN periods USING (period)
    WHERE periods.months > rules.months
) AS longer
    ON longer.indicator_id = divided.indicator_id AND longer.unit_id = divided.unit_id
    AND longer.period = divided.whole AND longer.slice = divided.slice
WHERE there > excused;
