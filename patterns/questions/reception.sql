-- zh: 公务接待 | 各单位公务接待的费用、批次和人次，以及人均多少元
-- en: receptions | what each unit spent on receptions, for how many groups and persons, and how much a person
SELECT entity, year, part, role,
    arg_max(base_value, told) FILTER (metric_id = 'fiscal.three_public.reception') AS yuan,
    arg_max(base_value, told) FILTER (metric_id = 'visits.reception.batches') AS batches,
    arg_max(base_value, told) FILTER (metric_id = 'visits.reception.persons') AS persons,
    round(yuan / nullif(persons, 0), 2) AS yuan_a_person, round(persons / nullif(batches, 0), 1) AS persons_a_batch,
    min(document) AS document
FROM panel_long
WHERE metric_id IN ('fiscal.three_public.reception', 'visits.reception.batches', 'visits.reception.persons')
    AND kind = 'level' AND is_annual AND ($entity IS NULL OR contains(entity, $entity))
GROUP BY entity, year, part, role
ORDER BY yuan DESC NULLS LAST, entity, year, part NULLS FIRST, role
