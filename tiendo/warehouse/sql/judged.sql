-- Each value held against the standard of its course on the last day of its period: state, progress, distance.
--   reads  cells (course_id, period_end, value, …), standards
-- Progress in percent is 1 less the part of the way that is left, cut to millionths towards less: whole numbers are
-- divided, so nothing is rounded on the way. Exactly at "more than" it is one step short of 100.
CREATE TABLE judged AS
WITH measured AS (
    SELECT
        cells.*,
        standards.* EXCLUDE (course_id, judged_on),
        CASE
            WHEN value IS NULL OR held_id IS NULL OR has_no_way THEN NULL
            WHEN end_side > 0 THEN end_low - value
            WHEN end_side < 0 THEN value - end_high
            ELSE greatest(end_low - value, value - end_high, 0)
        END AS remaining
    FROM cells
    LEFT JOIN standards ON standards.course_id = cells.course_id AND standards.judged_on = cells.period_end
),
divided AS (
    SELECT *, cut_division((whole - millionths(remaining)) * 100000000, whole) AS share FROM measured
)
SELECT
    * EXCLUDE (
        course_id, held_id, held_side, held_low, held_high, end_side, end_low, end_high, met_from, met_to, above, below,
        track_from, track_to, has_no_way, whole, remaining, share
    ),
    held_id AS target_id,
    CASE
        WHEN value IS NULL THEN 'no_data'
        WHEN held_id IS NULL THEN 'no_target'
        WHEN value BETWEEN met_from AND met_to THEN CASE WHEN value > above OR value < below THEN 'exceeded' ELSE 'met' END
        WHEN value BETWEEN track_from AND track_to THEN 'on_track'
        ELSE 'not_met'
    END AS state,
    CASE
        WHEN abs(share) >= CAST('1000000000000000000000000' AS HUGEINT) THEN NULL
        WHEN share >= 100000000 AND value NOT BETWEEN met_from AND met_to THEN CAST('99.999999' AS DECIMAL(24, 6))
        ELSE from_millionths(share)
    END AS progress,
    CASE
        WHEN value IS NOT NULL AND held_id IS NOT NULL
        THEN CAST(gap(value, held_side, held_low, held_high) AS DECIMAL(24, 6))
    END AS distance
FROM divided;
