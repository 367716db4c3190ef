-- zh: 三公经费 | 各单位每年“三公”经费预算多少、实际支出多少、差多少
-- en: three public | what each unit budgeted and spent on receptions, vehicles and trips abroad in each year
-- Of tables those of the three alone: others tell what a part of the money, such as 基本支出, has of them.
WITH meant AS (
    SELECT p.*, pointer(p.claim, p."table", p."row", p."column") AS claim_or_cell,
        CASE WHEN role = 'actual' AND regexp_matches(p.sentence, '安排[“"]?三公') AND NOT regexp_matches(p.name, '决算|支出')
            THEN 'budget' ELSE role END AS stage,
        count(*) OVER (PARTITION BY entity, year, metric_id, role, part, coalesce(base_value, value)) AS told
    FROM figures AS p
    LEFT JOIN tables AS t ON t.document_id = p.document_id AND t.id = p."table"
    WHERE entity IS NOT NULL AND (p.claim IS NOT NULL OR t.kind = '“三公”经费表') AND p.kind = 'level' AND is_annual
        AND ($entity IS NULL OR contains(entity, $entity))
        AND metric_id LIKE 'fiscal.three_public.%'
), told AS (
    SELECT entity, year, metric_id, part, stage,
        arg_min({'yuan': base_value, 'document': document, 'page': page, 'claim_or_cell': claim_or_cell},
            {'year': year <> report_year, 'told': -told, 'id': document_id, 'start': start}) AS best,
        bool_or(contradicted) AS contradicted
    FROM meant WHERE stage IN ('budget', 'actual') GROUP BY ALL
), sides AS (
    SELECT entity, year, metric_id, m.{lang} AS metric, part, any_value(best) FILTER (stage = 'budget') AS budget,
        any_value(best) FILTER (stage = 'actual') AS actual, bool_or(contradicted) AS contradicted
    FROM told JOIN metrics AS m ON m.id = metric_id
    GROUP BY ALL
)
SELECT entity, year, metric, part, budget.yuan AS budget, actual.yuan AS actual, actual.yuan - budget.yuan AS difference,
    contradicted, coalesce(actual, budget).document AS document, coalesce(actual, budget).page AS page,
    coalesce(actual, budget).claim_or_cell AS claim_or_cell
FROM sides
ORDER BY entity, year, metric_id, part NULLS FIRST
