-- The weighted mean of the units measured under a whole, for a level. The weight is another indicator's figure of the
-- same unit and period; a unit without value or without weight is left out.
--   reads  known, rules, rule_kinds, members, periods
INSERT INTO known
WITH asked AS (
    SELECT DISTINCT indicator_id, whole_id, period, slice
    FROM known
    JOIN rules USING (indicator_id)
    JOIN periods USING (period)
    JOIN members USING (unit_id)
    SEMI JOIN rule_kinds ON rule_kinds.indicator_id = known.indicator_id AND rule_kinds.kind = members.kind
    WHERE level = {level} AND NOT is_formula AND over_units = 'weighted' AND periods.months <= rules.months
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
    JOIN periods USING (period)
    JOIN members USING (whole_id)
    SEMI JOIN rule_kinds ON rule_kinds.indicator_id = asked.indicator_id AND rule_kinds.kind = members.kind
    LEFT JOIN known AS own
        ON own.indicator_id = asked.indicator_id AND own.unit_id = members.unit_id
        AND own.period = asked.period AND own.slice = asked.slice
    LEFT JOIN (SELECT * FROM known WHERE slice = '') AS weights
        ON weights.indicator_id = rules.weight_id AND weights.unit_id = members.unit_id AND weights.period = asked.period
    WHERE is_in_force(valid_from, valid_to, last_day)
        AND NOT coalesce(own.is_excused, false) AND NOT coalesce(weights.is_excused, false)
),
rolled AS (
    SELECT
        indicator_id,
        whole_id,
        period,
        slice,
        bool_or(is_there) AS is_there,
        any_value(needs_all) AND bool_or(value IS NULL OR weight IS NULL) AS is_short,
        bool_or(weight < 0) FILTER (value IS NOT NULL) AS is_negative,
        least(min(own_finality), min(weight_finality)) AS finality,
        sum(millionths(value) * millionths(weight)) AS total,
        sum(millionths(weight)) FILTER (value IS NOT NULL) AS weights
    FROM parts
    GROUP BY indicator_id, whole_id, period, slice
),
divided AS (
    SELECT
        *, CASE WHEN NOT is_short AND NOT is_negative AND weights <> 0 THEN quotient(total, weights) END AS cut
    FROM rolled
)
SELECT
    indicator_id,
    whole_id,
    period,
    slice,
    'rolled_up',
    coalesce(finality, 0),
    told(nearest(cut, total - cut * weights, weights)),
    false
FROM divided
ANTI JOIN (SELECT known.* FROM known SEMI JOIN members ON members.whole_id = known.unit_id) AS there
    ON there.indicator_id = divided.indicator_id AND there.unit_id = divided.whole_id
    AND there.period = divided.period AND there.slice = divided.slice
WHERE is_there;
