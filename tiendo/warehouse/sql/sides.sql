-- Both sides of every ratio of a level, cell by cell, where either is known.
--   reads  known, rules, rule_slices
CREATE OR REPLACE TABLE sides AS
WITH ratios AS (
    SELECT * FROM rules WHERE level = {level} AND NOT is_formula AND (is_ratio OR over_units = 'ratio')
),
over_side AS (
    SELECT ratios.indicator_id, unit_id, period, slice, value, finality, is_excused, is_unfinished
    FROM known JOIN ratios ON known.indicator_id = numerator_id
    SEMI JOIN rule_slices ON rule_slices.indicator_id = ratios.indicator_id AND rule_slices.slice = known.slice
),
under_side AS (
    SELECT ratios.indicator_id, unit_id, period, slice, value, finality, is_excused, is_unfinished
    FROM known JOIN ratios ON known.indicator_id = denominator_id
    SEMI JOIN rule_slices ON rule_slices.indicator_id = ratios.indicator_id AND rule_slices.slice = known.slice
)
SELECT
    indicator_id,
    unit_id,
    period,
    slice,
    over_side.value AS numerator,
    under_side.value AS denominator,
    least(
        CASE WHEN over_side.value IS NOT NULL THEN over_side.finality END,
        CASE WHEN under_side.value IS NOT NULL THEN under_side.finality END
    ) AS finality,
    coalesce(over_side.is_excused, false) OR coalesce(under_side.is_excused, false) AS is_excused,
    coalesce(over_side.is_unfinished AND over_side.value IS NOT NULL, false)
    OR coalesce(under_side.is_unfinished AND under_side.value IS NOT NULL, false) AS is_unfinished
FROM over_side FULL JOIN under_side USING (indicator_id, unit_id, period, slice);
