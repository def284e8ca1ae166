-- Cells whose figure is not the one worked out, or that stand on one side only.
--   reads  judged, figures, rules
SELECT indicator_id, unit_id, period, slice
FROM judged
FULL JOIN (SELECT * FROM figures SEMI JOIN rules USING (indicator_id)) AS kept USING (indicator_id, unit_id, period, slice)
WHERE (
    judged.origin, judged.value, judged.target_id, judged.state, judged.progress, judged.distance, judged.period_end,
    judged.finality
) IS DISTINCT FROM (
    kept.origin, kept.value, kept.target_id, kept.state, kept.progress, kept.distance, kept.period_end,
    CASE kept.status WHEN 'estimate' THEN 0 WHEN 'official' THEN 1 WHEN 'revised' THEN 2 END
)
ORDER BY indicator_id, unit_id, period, slice;
