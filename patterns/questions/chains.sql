-- zh: 年度衔接 | 同一主体同一年的实际数，两年的报告写得不一样：可能悄悄改了
-- en: chains of years | the outcome of a year that a later report states otherwise: silently restated
WITH told AS (
    SELECT entity, year, metric_id, part, scope.fund AS fund, report_year, document_id, document, arg_min({
        'yuan': base_value, 'low': coalesce(low, base_value), 'high': coalesce(high, base_value), 'page': page,
        'claim_or_cell': pointer(claim, "table", "row", "column")
    }, start) AS number
    FROM figures
    WHERE entity IS NOT NULL AND kind = 'level' AND NOT is_apart AND role = 'actual' AND is_annual AND base_unit = '元'
        AND ($entity IS NULL OR contains(entity, $entity))
    GROUP BY ALL
)
SELECT entity, year, m.{lang} AS metric, first.part, first.number.yuan AS told_first, later.number.yuan AS told_later,
    told_later - told_first AS difference, first.document AS document_first, first.number.page AS page_first,
    first.number.claim_or_cell AS claim_or_cell_first,
    later.document AS document_later, later.number.page AS page_later, later.number.claim_or_cell AS claim_or_cell_later
FROM told AS first
JOIN told AS later USING (entity, year, metric_id)
JOIN metrics AS m ON m.id = metric_id
WHERE later.report_year > first.report_year AND later.part IS NOT DISTINCT FROM first.part
    AND later.fund IS NOT DISTINCT FROM first.fund
    AND (later.number.low > first.number.high OR later.number.high < first.number.low)
ORDER BY abs(difference) DESC, entity, year, metric_id
LIMIT 200
