-- Which target lines each figure is held against. The whole answers to lines without category, a slice "linh-vuc=AI" to
-- those of "AI". A unit's own lines of one purpose stand instead of the common ones of that purpose; of what adds up
-- over units the common ones do not hold for the whole. A course is one such set of lines; `unit_id` null: the common.
--   reads  targets, known, rules, members
CREATE TABLE aims AS
WITH asked AS (SELECT DISTINCT indicator_id, slice FROM known),
fitting AS (
    SELECT asked.slice, targets.*
    FROM targets JOIN asked USING (indicator_id)
    WHERE is_current AND NOT is_withdrawn AND (category = slice OR category = split(slice, '=')[-1])
),
owners AS (
    SELECT
        slice,
        indicator_id,
        unit_id,
        list(DISTINCT purpose) AS told,
        any_value(over_units = 'sum' AND has_kinds AND unit_id IN (SELECT whole_id FROM members)) AS is_alone
    FROM fitting JOIN rules USING (indicator_id)
    WHERE unit_id IS NOT NULL
    GROUP BY slice, indicator_id, unit_id
),
held AS (
    SELECT owners.indicator_id, owners.unit_id, owners.slice, true AS is_own, fitting.* EXCLUDE (indicator_id, unit_id, slice)
    FROM owners JOIN fitting USING (indicator_id, slice, unit_id)
    UNION ALL
    SELECT owners.indicator_id, owners.unit_id, owners.slice, false, fitting.* EXCLUDE (indicator_id, unit_id, slice)
    FROM owners JOIN fitting USING (indicator_id, slice)
    WHERE fitting.unit_id IS NULL AND NOT is_alone AND NOT list_contains(told, purpose)
    UNION ALL
    SELECT indicator_id, NULL, slice, false, fitting.* EXCLUDE (indicator_id, unit_id, slice)
    FROM fitting WHERE unit_id IS NULL
)
SELECT dense_rank() OVER (ORDER BY indicator_id, slice, unit_id) AS course_id, * FROM held;
