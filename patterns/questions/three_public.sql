-- zh: 三公经费 | 各单位每年“三公”经费预算多少、实际支出多少、差多少
-- en: three public | what each unit budgeted and spent on receptions, vehicles and trips abroad in each year
WITH sides AS (
    SELECT entity, year, metric_id, part, any_value(p) FILTER (role = 'budget') AS budget,
        any_value(p) FILTER (role = 'actual') AS actual, bool_or(contradicted) AS contradicted, max("values") AS "values"
    FROM three_public AS p
    WHERE metric_id LIKE 'fiscal.%' AND ($entity IS NULL OR contains(entity, $entity))
    GROUP BY ALL
)
SELECT entity, year, m.{lang} AS metric, part, budget.number AS budget, actual.number AS actual,
    actual.number - budget.number AS difference, contradicted, "values", coalesce(actual, budget).document AS document,
    coalesce(actual, budget).page AS page, coalesce(actual, budget).claim_or_cell AS claim_or_cell
FROM sides JOIN metrics AS m ON m.id = metric_id
ORDER BY entity, year, metric_id, part NULLS FIRST
