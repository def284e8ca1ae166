-- For each course and each day it is judged on: the line a value is held against, and between which numbers a value has
-- met the end, exceeded it, is on track. What is left for millions of values is comparing.
--   reads  courses (course_id, direction, measure, baseline)
--          points (course_id, target_id, due_on, purpose, comparator, low, high, full_value), days (judged_on)
CREATE TABLE standards AS
WITH ordered AS (
    SELECT
        *,
        purpose = 'final' AS is_final,
        row_number() OVER (PARTITION BY course_id ORDER BY due_on, purpose = 'final', target_id) AS place
    FROM points
),
chosen AS (
    SELECT
        course_id,
        judged_on,
        coalesce(max(place) FILTER (due_on <= judged_on), min(place)) AS held_place,
        coalesce(min(place) FILTER (is_final AND due_on >= judged_on), max(place) FILTER (is_final), max(place)) AS end_place,
        bool_or(NOT is_final) AS has_path
    FROM ordered CROSS JOIN days
    GROUP BY course_id, judged_on
),
sided AS (
    SELECT ordered.*, side_of(comparator, direction) AS side FROM ordered JOIN courses USING (course_id)
),
met AS (
    SELECT
        chosen.course_id,
        judged_on,
        direction,
        measure,
        baseline,
        coalesce(baseline, 0) AS start,
        has_path,
        held.target_id AS held_id,
        held.due_on <= judged_on AS is_due,
        held.place = ends.place AS is_end,
        held.comparator AS held_comparator,
        held.side AS held_side,
        held.low AS held_low,
        held.high AS held_high,
        ends.comparator AS end_comparator,
        ends.side AS end_side,
        ends.low AS end_low,
        ends.high AS end_high,
        holds_from(ends.comparator, ends.side, ends.low) AS met_from,
        holds_to(ends.comparator, ends.side, ends.high) AS met_to,
        exceeds_above(ends.comparator, ends.side, ends.high, ends.full_value) AS above,
        exceeds_below(ends.comparator, ends.side, ends.low, ends.full_value) AS below
    FROM chosen
    JOIN courses USING (course_id)
    JOIN sided AS held ON held.course_id = chosen.course_id AND held.place = chosen.held_place
    JOIN sided AS ends ON ends.course_id = chosen.course_id AND ends.place = chosen.end_place
)
SELECT
    course_id,
    judged_on,
    held_id,
    held_side,
    held_low,
    held_high,
    end_side,
    end_low,
    end_high,
    CAST(met_from AS DECIMAL(26, 6)) AS met_from,
    CAST(met_to AS DECIMAL(26, 6)) AS met_to,
    CAST(above AS DECIMAL(26, 6)) AS above,
    CAST(below AS DECIMAL(26, 6)) AS below,
    -- A milestone due is held; none due yet: not worse than the start. An empty stretch where neither is asked.
    CAST(CASE
        WHEN is_due AND is_end OR NOT is_due AND (NOT has_path OR baseline IS NULL) THEN endless()
        WHEN is_due AND held_comparator = 'eq' AND direction = 'down' THEN -endless()
        WHEN is_due THEN holds_from(held_comparator, held_side, held_low)
        WHEN held_side > 0 THEN baseline
        WHEN held_side < 0 THEN -endless()
        ELSE held_low - abs(gap(baseline, 0, held_low, held_high))
    END AS DECIMAL(26, 6)) AS track_from,
    CAST(CASE
        WHEN is_due AND is_end OR NOT is_due AND (NOT has_path OR baseline IS NULL) THEN -endless()
        WHEN is_due AND held_comparator = 'eq' AND direction = 'up' THEN endless()
        WHEN is_due THEN holds_to(held_comparator, held_side, held_high)
        WHEN held_side > 0 THEN endless()
        WHEN held_side < 0 THEN baseline
        ELSE held_high + abs(gap(baseline, 0, held_low, held_high))
    END AS DECIMAL(26, 6)) AS track_to,
    -- Why no percent has a meaning: levels, a sign against the direction, no start, or a start that is there already.
    measure = 'level'
    OR (direction = 'up' AND end_side < 0)
    OR (direction = 'down' AND end_side > 0)
    OR (baseline IS NULL AND (direction <> 'up' OR CASE WHEN end_side < 0 THEN end_high ELSE end_low END <= 0))
    OR (baseline IS NOT NULL AND (baseline BETWEEN met_from AND met_to OR gap(baseline, end_side, end_low, end_high) = 0))
        AS has_no_way,
    abs(gap(start, end_side, end_low, end_high)) AS whole,
    CASE WHEN whole BETWEEN 0.01 AND 400000000 THEN small_millionths(whole) END AS divisor
FROM met;
