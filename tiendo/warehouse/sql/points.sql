-- The milestones and ends of each course.
--   reads  aims
CREATE TABLE points AS
SELECT course_id, id AS target_id, due_on, purpose, comparator, value AS low, coalesce(upper, value) AS high, full_value
FROM aims WHERE purpose <> 'baseline';
