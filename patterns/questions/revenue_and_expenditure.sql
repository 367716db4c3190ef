-- zh: 收入与支出 | 各主体各年的收入和支出：部门的本年收支，政府的一般公共预算；总计含结转，另列
-- en: revenue and expenditure | of each entity and year: of departments those of the year, of governments those of the general public budget; totals with what was carried over stand apart
WITH meant AS (
    SELECT *, regexp_extract(metric_id, '(revenue|expenditure)') AS side, metric_id LIKE 'budget.%' AS of_area,
        metric_id LIKE '%.total' AND NOT contains(name, '预算') OR contains(name, '总计') AS is_total
    FROM panel_best
    WHERE metric_id IN ('fiscal.revenue.total', 'fiscal.expenditure.total', 'fiscal.revenue.current',
            'fiscal.expenditure.current', 'budget.general.revenue', 'budget.general.expenditure')
        AND (metric_id LIKE 'budget.%') = (report IN (SELECT kind FROM area_reports))
        AND kind = 'level' AND part IS NULL AND ($entity IS NULL OR contains(entity, $entity))
), told AS (
    SELECT entity, year, role, of_area, side, is_total,
        arg_min({'yuan': base_value, 'document': document, 'page': page, 'claim_or_cell': pointer(claim, "table", "row", "column")},
            {'rank': metric_id LIKE '%.total', 'fund': coalesce(fund <> '', false), 'votes': -votes, 'id': document_id, 'start': start}) AS best
    FROM meant GROUP BY ALL
), sides AS (
    SELECT entity, year, role, of_area,
        any_value(best) FILTER (side = 'revenue' AND NOT is_total) AS revenue,
        any_value(best) FILTER (side = 'expenditure' AND NOT is_total) AS expenditure,
        any_value(best) FILTER (side = 'revenue' AND is_total) AS revenue_total,
        any_value(best) FILTER (side = 'expenditure' AND is_total) AS expenditure_total
    FROM told GROUP BY ALL
)
SELECT entity, year, role, CASE WHEN of_area THEN 'budget.general' ELSE 'fiscal' END AS account, revenue.yuan AS revenue,
    expenditure.yuan AS expenditure, revenue.yuan - expenditure.yuan AS balance, revenue_total.yuan AS revenue_total,
    expenditure_total.yuan AS expenditure_total, found.document, found.page, found.claim_or_cell
FROM (SELECT *, coalesce(revenue, expenditure, revenue_total, expenditure_total) AS found FROM sides)
ORDER BY entity, year, role, account
