-- zh: 收入与支出 | 各主体各年的收入和支出：部门的总计，政府的一般公共预算
-- en: revenue and expenditure | of each entity and year: totals of departments, general public budgets of governments
WITH told AS (
    SELECT entity, year, role, regexp_extract(metric_id, '(revenue|expenditure)') AS side,
        CASE WHEN metric_id LIKE 'budget.%' THEN 'budget.general' ELSE 'fiscal' END AS account,
        arg_min(base_value, {'rank': metric_id NOT LIKE '%.total', 'told': -told, 'id': document_id, 'start': start}) AS yuan,
        min(document) AS document
    FROM panel_long
    WHERE metric_id IN ('fiscal.revenue.total', 'fiscal.expenditure.total', 'fiscal.revenue.current',
            'fiscal.expenditure.current', 'budget.general.revenue', 'budget.general.expenditure')
        AND (metric_id NOT LIKE 'budget.%' OR report IN (SELECT kind FROM area_reports))
        AND kind = 'level' AND is_annual AND part IS NULL AND ($entity IS NULL OR contains(entity, $entity))
    GROUP BY ALL
)
SELECT entity, year, role, account, any_value(yuan) FILTER (side = 'revenue') AS revenue,
    any_value(yuan) FILTER (side = 'expenditure') AS expenditure, revenue - expenditure AS balance,
    min(document) AS document
FROM told
GROUP BY entity, year, role, account
ORDER BY entity, year, role, account
