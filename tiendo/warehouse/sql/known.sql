-- Values as sources gave them, one a cell: the passport's source wins, then the most final line, then the newest. Of
-- indicators with a formula the figures the working database computed; all else is made from these.
--   reads  observations, figures, rules
-- Within a source a cell has one current line, so only where an indicator has several sources must lines be compared.
CREATE TABLE known AS
WITH lines AS (
    SELECT
        observations.*,
        CASE status WHEN 'estimate' THEN 0 WHEN 'official' THEN 1 ELSE 2 END AS finality,
        observations.source_id IS NOT DISTINCT FROM rules.source_id AS is_own
    FROM observations JOIN rules USING (indicator_id)
    WHERE is_current AND NOT is_formula
),
contested AS (
    SELECT indicator_id FROM observations WHERE is_current
    GROUP BY indicator_id HAVING min(source_id) <> max(source_id)
),
chosen AS (
    SELECT * FROM lines ANTI JOIN contested USING (indicator_id)
    UNION ALL
    SELECT * FROM lines SEMI JOIN contested USING (indicator_id)
    QUALIFY row_number() OVER (
        PARTITION BY indicator_id, unit_id, period, slice ORDER BY is_own DESC, finality DESC, id DESC
    ) = 1
)
SELECT
    indicator_id, unit_id, period, slice, 'entered' AS origin, finality, value,
    coalesce(no_value = 'not_applicable', false) AS is_excused, false AS is_unfinished
FROM chosen
UNION ALL
SELECT
    indicator_id, unit_id, period, slice, origin,
    CASE status WHEN 'estimate' THEN 0 WHEN 'official' THEN 1 ELSE 2 END, value, false,
    value IS NOT NULL AND state = 'no_data'  -- a value that is not judged is one of fewer parts than there must be
FROM figures JOIN rules USING (indicator_id)
WHERE is_formula;
