-- zh: 公务接待 | 各单位公务接待的费用、批次和人次，以及人均多少元
-- en: receptions | what each unit spent on receptions, for how many groups and persons, and how much a person
WITH sides AS (
    SELECT entity, year, part, role, any_value(p) FILTER (metric_id = 'fiscal.three_public.reception') AS cost,
        any_value(p) FILTER (metric_id = 'visits.reception.batches') AS batches,
        any_value(p) FILTER (metric_id = 'visits.reception.persons') AS persons
    FROM three_public AS p
    WHERE (metric_id = 'fiscal.three_public.reception' OR metric_id LIKE 'visits.%')
        AND ($entity IS NULL OR contains(entity, $entity))
    GROUP BY ALL
)
SELECT entity, year, part, role, cost.number AS yuan, batches.number AS batches, persons.number AS persons,
    round(cost.number / nullif(persons.number, 0), 2) AS yuan_a_person,
    round(persons.number / nullif(batches.number, 0), 1) AS persons_a_batch,
    coalesce(cost, batches, persons).document AS document, coalesce(cost, batches, persons).page AS page,
    coalesce(cost, batches, persons).claim_or_cell AS claim_or_cell
FROM sides
ORDER BY yuan DESC NULLS LAST, entity, year, part NULLS FIRST, role
