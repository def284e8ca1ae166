-- The weighted mean of the units measured under a whole, for a level. The weight is another indicator's figure of the
-- same unit and period; a unit without value or without weight is left out.
--   reads  known, rules, rule_kinds, members, periods, expected
INSERT INTO known
WITH parts AS (
    SELECT
        known.indicator_id,
        whole_id,
        known.period,
        known.slice,
        needs_all,
        known.value,
        weights.value AS weight,
        CASE WHEN known.value IS NOT NULL THEN known.finality END AS own_finality,
        CASE WHEN weights.value IS NOT NULL THEN weights.finality END AS weight_finality,
        known.is_excused OR coalesce(weights.is_excused, false) AS is_excused,
        known.is_unfinished AND known.value IS NOT NULL
        OR coalesce(weights.is_unfinished AND weights.value IS NOT NULL, false) AS is_unfinished
    FROM known
    JOIN rules USING (indicator_id)
    JOIN periods USING (period)
    JOIN members USING (unit_id)
    SEMI JOIN rule_kinds ON rule_kinds.indicator_id = known.indicator_id AND rule_kinds.kind = members.kind
    LEFT JOIN (SELECT * FROM known WHERE slice = '') AS weights
        ON weights.indicator_id = rules.weight_id AND weights.unit_id = known.unit_id AND weights.period = known.period
    WHERE level = {level} AND NOT is_formula AND over_units = 'weighted' AND periods.months <= rules.months
        AND is_in_force(valid_from, valid_to, last_day)
),
rolled AS (
    SELECT
        indicator_id,
        whole_id,
        period,
        slice,
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
    GROUP BY indicator_id, whole_id, period, slice
),
divided AS (
    SELECT
        *,
        CASE
            WHEN NOT (needs_all AND counted < expected - excused) AND NOT is_negative AND weights <> 0
            THEN quotient(total, weights)
        END AS cut
    FROM rolled JOIN expected USING (indicator_id, whole_id, period)
)
SELECT
    indicator_id,
    whole_id,
    period,
    slice,
    'rolled_up',
    coalesce(finality, 0),
    told(nearest(cut, total - cut * weights, weights)),
    false,
    is_unfinished OR counted < expected - excused
FROM divided
ANTI JOIN (SELECT known.* FROM known SEMI JOIN members ON members.whole_id = known.unit_id) AS there
    ON there.indicator_id = divided.indicator_id AND there.unit_id = divided.whole_id
    AND there.period = divided.period AND there.slice = divided.slice
WHERE divided.there > excused;
