-- The number each criterion reads of each card: of its indicator's figure that speaks among those in the days of the
-- data, as `indicators.newest` chooses it: told as often as the passport says, or by the year where it adds up over
-- time; the newest with a value before the newest without.
--   reads  judged, periods, rules, criteria, cards, span (data_from, data_to)
CREATE TABLE readings AS
SELECT
    unit_id AS card,
    criteria.place,
    CASE any_value(reads)
        WHEN 'value' THEN arg_max_null(value, (value IS NOT NULL, period_end))
        ELSE arg_max_null(progress, (value IS NOT NULL, period_end))
    END AS value
FROM judged
JOIN criteria USING (indicator_id)
JOIN rules USING (indicator_id)
JOIN periods USING (period)
SEMI JOIN cards ON cards.card = judged.unit_id
CROSS JOIN span
WHERE slice = '' AND period_end >= data_from AND period_end < data_to
    AND periods.months = CASE WHEN over_time = 'sum' THEN 12 ELSE rules.months END
GROUP BY unit_id, criteria.place;
