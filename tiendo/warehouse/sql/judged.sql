-- Each value held against the standard of its course on the last day of its period: state, progress, distance.
--   reads  cells (course_id, period_end, value, …), standards, heights
-- Progress in percent is 1 less the part of the way that is left, cut to millionths towards less: whole numbers are
-- divided, so nothing is rounded on the way. Exactly at "more than" it is one step short of 100.
CREATE TABLE judged AS
WITH measured AS (
    SELECT
        cells.*,
        standards.* EXCLUDE (course_id, judged_on),
        height,
        CASE
            WHEN value IS NULL OR held_id IS NULL OR has_no_way THEN NULL
            WHEN end_side > 0 THEN end_low - value
            WHEN end_side < 0 THEN value - end_high
            ELSE greatest(end_low - value, value - end_high, 0)
        END AS remaining
    FROM cells
    LEFT JOIN standards ON standards.course_id = cells.course_id AND standards.judged_on = cells.period_end
    LEFT JOIN heights ON heights.course_id = cells.course_id AND heights.judged_on = cells.period_end
),
-- In two steps of four digits where that fits whole numbers of 64 bits, which is hundreds of millions.
small AS (
    SELECT
        *,
        CASE
            WHEN divisor IS NOT NULL AND abs(remaining) < 400000000 THEN divisor - small_millionths(remaining)
        END AS part
    FROM measured
),
four AS (SELECT *, abs(part) * 10000 // divisor AS high, abs(part) * 10000 % divisor * 10000 AS rest FROM small),
eight AS (SELECT *, high * 10000 + rest // divisor AS digits, rest % divisor > 0 AS is_cut FROM four),
divided AS (
    SELECT
        *,
        CASE
            WHEN part >= 0 THEN CAST(digits AS HUGEINT)
            WHEN part < 0 THEN -CAST(digits AS HUGEINT) - CAST(is_cut AS HUGEINT)
            WHEN remaining <= whole THEN (millionths(whole) - millionths(remaining)) * 100000000 // millionths(whole)
            ELSE -((millionths(remaining) * 100000000 - 99999999 * millionths(whole) - 1) // millionths(whole))
        END AS share
    FROM eight
)
SELECT
    * EXCLUDE (
        course_id, held_id, held_side, held_low, held_high, end_side, end_low, end_high, met_from, met_to, above, below,
        track_from, track_to, has_no_way, whole, remaining, share, height, part, divisor, high, rest, digits, is_cut,
        is_unfinished
    ),
    held_id AS target_id,
    CASE
        WHEN value IS NULL OR is_unfinished THEN 'no_data'
        WHEN held_id IS NULL THEN 'no_target'
        WHEN value BETWEEN met_from AND met_to THEN CASE WHEN value > above OR value < below THEN 'exceeded' ELSE 'met' END
        WHEN value BETWEEN track_from AND track_to THEN 'on_track'
        ELSE 'not_met'
    END AS state,
    CASE
        WHEN share >= 100000000 AND value NOT BETWEEN met_from AND met_to THEN CAST('99.999999' AS DECIMAL(24, 6))
        ELSE told(share)
    END AS progress,
    -- None where it would be too large to keep.
    CASE
        WHEN value IS NOT NULL AND held_id IS NOT NULL
        THEN TRY_CAST(coalesce(value - height, gap(value, held_side, held_low, held_high)) AS DECIMAL(24, 6))
    END AS distance
FROM divided;
