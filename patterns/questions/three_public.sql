-- zh: 三公经费 | 各单位每年“三公”经费预算多少、实际支出多少、差多少
-- en: three public | what each unit budgeted and spent on receptions, vehicles and trips abroad in each year
WITH told AS (
    SELECT entity, year, metric_id, part, role, arg_max(base_value, {'told': told, 'id': -document_id, 'start': -start}) AS yuan,
        bool_or(contradicted) AS contradicted, min(document) AS document
    FROM panel_long
    WHERE metric_id LIKE 'fiscal.three_public.%' AND kind = 'level' AND role IN ('budget', 'actual') AND is_annual
        AND ($entity IS NULL OR contains(entity, $entity))
    GROUP BY ALL
)
SELECT entity, year, m.{lang} AS metric, part, any_value(yuan) FILTER (role = 'budget') AS budget,
    any_value(yuan) FILTER (role = 'actual') AS actual, actual - budget AS difference,
    bool_or(contradicted) AS contradicted, min(document) AS document
FROM told JOIN metrics AS m ON m.id = metric_id
GROUP BY entity, year, metric_id, m.{lang}, part
ORDER BY entity, year, metric_id, part NULLS FIRST
