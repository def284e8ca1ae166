-- How many units measured a whole has on the last day of a period, by indicator.
--   reads  members, periods, rule_kinds
CREATE TABLE expected AS
WITH by_kind AS (
    SELECT whole_id, kind, period, count(*) AS units
    FROM members CROSS JOIN periods
    WHERE is_in_force(valid_from, valid_to, last_day)
    GROUP BY whole_id, kind, period
)
SELECT indicator_id, whole_id, period, sum(units) AS expected
FROM by_kind JOIN rule_kinds USING (kind)
GROUP BY indicator_id, whole_id, period;
