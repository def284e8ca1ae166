-- Every value with its course. What adds up over time is judged by the year alone, what lacks
-- parts not at all.
--   reads  known, rules, periods, members, courses
CREATE VIEW cells AS
SELECT
    known.*,
    last_day AS period_end,
    CASE
        WHEN is_unfinished AND value IS NOT NULL THEN NULL
        WHEN over_time = 'sum' AND periods.months < 12 THEN NULL
        WHEN own.course_id IS NOT NULL THEN own.course_id
        WHEN over_units = 'sum' AND has_kinds AND known.unit_id IN (SELECT whole_id FROM members) THEN NULL
        ELSE common.course_id
    END AS course_id
FROM known
JOIN rules USING (indicator_id)
JOIN periods USING (period)
LEFT JOIN courses AS own
    ON own.indicator_id = known.indicator_id AND own.unit_id = known.unit_id AND own.slice = known.slice
LEFT JOIN (SELECT * FROM courses WHERE unit_id IS NULL) AS common
    ON common.indicator_id = known.indicator_id AND common.slice = known.slice;
