-- zh: 预算与决算 | 同一主体同一年同一指标的预算数和实际数，差额大的在前
-- en: budget and outcome | what was budgeted and what came of it, the widest gap first
WITH told AS (
    SELECT entity, year, metric_id, part, role,
        arg_min({'yuan': base_value, 'document': document, 'page': page, 'claim_or_cell': pointer(claim, "table", "row", "column")},
            {'told': -told, 'id': document_id, 'start': start}) AS best
    FROM panel_long
    WHERE kind = 'level' AND base_unit = '元' AND role IN ('budget', 'actual') AND is_annual
        AND ($entity IS NULL OR contains(entity, $entity))
    GROUP BY ALL
)
SELECT entity, year, m.{lang} AS metric, actual.part, budget.best.yuan AS budgeted, actual.best.yuan AS done,
    done - budgeted AS difference, round(100 * (done / nullif(budgeted, 0) - 1), 1) AS percent,
    actual.best.document AS document, actual.best.page AS page, actual.best.claim_or_cell AS claim_or_cell,
    count(*) OVER () AS in_all
FROM (SELECT * FROM told WHERE role = 'budget') AS budget
JOIN (SELECT * FROM told WHERE role = 'actual') AS actual USING (entity, year, metric_id)
JOIN metrics AS m ON m.id = metric_id
WHERE budget.part IS NOT DISTINCT FROM actual.part
ORDER BY abs(difference) DESC, entity, year, metric_id, actual.part NULLS FIRST
LIMIT 200
