-- The mean of shorter periods, each weighted by another indicator's figure of the same unit and period, for a level.
--   reads  known, rules, periods, period_parts
INSERT INTO known
WITH asked AS (
    SELECT DISTINCT indicator_id, unit_id, whole, slice
    FROM known
    JOIN rules USING (indicator_id)
    JOIN period_parts ON period_parts.part = known.period AND period_parts.months = rules.months
    WHERE level = {level} AND NOT is_formula AND NOT is_ratio AND over_time = 'weighted'
),
parts AS (
    SELECT
        asked.*,
        needs_all,
        own.value AS value,
        weights.value AS weight,
        CASE WHEN own.value IS NOT NULL THEN own.finality END AS own_finality,
        CASE WHEN weights.value IS NOT NULL THEN weights.finality END AS weight_finality,
        own.unit_id IS NOT NULL OR weights.unit_id IS NOT NULL AS is_there
    FROM asked
    JOIN rules USING (indicator_id)
    JOIN period_parts ON period_parts.whole = asked.whole AND period_parts.months = rules.months
    LEFT JOIN known AS own
        ON own.indicator_id = asked.indicator_id AND own.unit_id = asked.unit_id
        AND own.period = part AND own.slice = asked.slice
    LEFT JOIN (SELECT * FROM known WHERE slice = '') AS weights
        ON weights.indicator_id = rules.weight_id AND weights.unit_id = asked.unit_id AND weights.period = part
    WHERE NOT coalesce(own.is_excused, false) AND NOT coalesce(weights.is_excused, false)
),
rolled AS (
    SELECT
        indicator_id,
        unit_id,
        whole,
        slice,
        bool_or(is_there) AS is_there,
        any_value(needs_all) AND bool_or(value IS NULL OR weight IS NULL) AS is_short,
        bool_or(weight < 0) FILTER (value IS NOT NULL) AS is_negative,
        least(min(own_finality), min(weight_finality)) AS finality,
        sum(millionths(value) * millionths(weight)) AS total,
        sum(millionths(weight)) FILTER (value IS NOT NULL) AS weights
    FROM parts
    GROUP BY indicator_id, unit_id, whole, slice
),
divided AS (
    SELECT
        *, CASE WHEN NOT is_short AND NOT is_negative AND weights <> 0 THEN quotient(total, weights) END AS cut
    FROM rolled
)
SELECT
    indicator_id,
    unit_id,
    whole,
    slice,
    'rolled_up',
    coalesce(finality, 0),
    told(nearest(cut, total - cut * weights, weights)),
    false
FROM divided
ANTI JOIN (
    SELECT known.* FROM known JOIN rules USING (indicator_id) JOIN periods USING (period)
    WHERE periods.months > rules.months
) AS longer
    ON longer.indicator_id = divided.indicator_id AND longer.unit_id = divided.unit_id
    AND longer.period = divided.whole AND longer.slice = divided.slice
WHERE is_there;
