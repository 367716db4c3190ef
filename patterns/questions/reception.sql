-- zh: 公务接待 | 各单位公务接待的费用、批次和人次，以及人均多少元
-- en: receptions | what each unit spent on receptions, for how many groups and persons, and how much a person
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
        AND metric_id IN ('fiscal.three_public.reception', 'visits.reception.batches', 'visits.reception.persons')
), told AS (
    SELECT entity, year, part, stage, metric_id,
        arg_min({'number': coalesce(base_value, value), 'document': document, 'page': page, 'claim_or_cell': claim_or_cell},
            {'year': year <> report_year, 'told': -told, 'id': document_id, 'start': start}) AS best
    FROM meant GROUP BY ALL
), sides AS (
    SELECT entity, year, part, stage AS role,
        any_value(best) FILTER (metric_id = 'fiscal.three_public.reception') AS cost,
        any_value(best) FILTER (metric_id = 'visits.reception.batches') AS batches,
        any_value(best) FILTER (metric_id = 'visits.reception.persons') AS persons
    FROM told GROUP BY ALL
)
SELECT entity, year, part, role, cost.number AS yuan, batches.number AS batches, persons.number AS persons,
    round(cost.number / nullif(persons.number, 0), 2) AS yuan_a_person,
    round(persons.number / nullif(batches.number, 0), 1) AS persons_a_batch,
    coalesce(cost, batches, persons).document AS document, coalesce(cost, batches, persons).page AS page,
    coalesce(cost, batches, persons).claim_or_cell AS claim_or_cell
FROM sides
ORDER BY yuan DESC NULLS LAST, entity, year, part NULLS FIRST, role
