-- How high the straight line through start, milestones and end stands on each day values are judged on; level before
-- the first and after the last of them. Empty unless distances are measured from it (`{wanted}`).
--   reads  standards, points, courses
CREATE TABLE heights AS
WITH known_stops AS (
    SELECT course_id, judged_on, due_on, CASE WHEN held_side < 0 THEN high ELSE low END AS height, purpose = 'final' AS place
    FROM standards JOIN points USING (course_id)
    UNION ALL
    SELECT course_id, judged_on, baseline_on, baseline, NULL
    FROM standards JOIN courses USING (course_id)
    WHERE baseline_on IS NOT NULL
),
stops AS (
    SELECT course_id, judged_on, due_on, arg_max(height, coalesce(CAST(place AS INTEGER), -1)) AS height
    FROM known_stops WHERE {wanted}
    GROUP BY course_id, judged_on, due_on
),
around AS (
    SELECT
        course_id,
        judged_on,
        max(due_on) FILTER (due_on <= judged_on) AS before,
        arg_max(height, due_on) FILTER (due_on <= judged_on) AS start,
        min(due_on) FILTER (due_on > judged_on) AS after,
        arg_min(height, due_on) FILTER (due_on > judged_on) AS stop
    FROM stops
    GROUP BY course_id, judged_on
),
risen AS (
    SELECT
        *, millionths(start) * (after - before) + millionths(stop - start) * (judged_on - before) AS rise
    FROM around
),
divided AS (SELECT *, quotient(rise, after - before) AS cut FROM risen)
SELECT
    course_id,
    judged_on,
    CASE
        WHEN before IS NULL THEN stop
        WHEN after IS NULL THEN start
        ELSE told(nearest(cut, rise - cut * (after - before), after - before))
    END AS height
FROM divided;
