-- Each course with where it starts: the latest baseline counts.
--   reads  aims, rules
CREATE TABLE courses AS
SELECT
    course_id,
    indicator_id,
    slice,
    unit_id,
    direction,
    measure,
    first(value ORDER BY due_on DESC, is_own DESC, id) FILTER (purpose = 'baseline') AS baseline,
    max(due_on) FILTER (purpose = 'baseline') AS baseline_on
FROM aims JOIN rules USING (indicator_id)
GROUP BY course_id, indicator_id, slice, unit_id, direction, measure;
