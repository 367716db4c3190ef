-- zh: 预算与决算 | 同一主体同一年同一指标的预算数和实际数，差额大的在前
-- en: budget and outcome | what was budgeted and what came of it, the widest gap first
WITH told AS (
    SELECT entity, year, metric_id, part, fund, role, base_value AS yuan, document, page,
        pointer(claim, "table", "row", "column") AS claim_or_cell
    FROM panel_best
    WHERE kind = 'level' AND base_unit = '元' AND role IN ('budget', 'actual')
        AND ($entity IS NULL OR contains(entity, $entity))
)
SELECT entity, year, m.{lang} AS metric, actual.part, nullif(actual.fund, '') AS fund, budget.yuan AS budgeted, actual.yuan AS done,
    done - budgeted AS difference, round(100 * (done / nullif(budgeted, 0) - 1), 1) AS percent,
    actual.document, actual.page, actual.claim_or_cell, count(*) OVER () AS in_all
FROM told AS budget JOIN told AS actual USING (entity, year, metric_id) JOIN metrics AS m ON m.id = metric_id
WHERE budget.role = 'budget' AND actual.role = 'actual' AND budget.part IS NOT DISTINCT FROM actual.part
    AND budget.fund IS NOT DISTINCT FROM actual.fund
ORDER BY abs(difference) DESC, entity, year, metric_id, actual.part NULLS FIRST, fund
LIMIT 200
