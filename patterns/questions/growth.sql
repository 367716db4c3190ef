-- zh: 增长最快 | 哪些数比上年增长一倍以上
-- en: fastest growth | the numbers that more than doubled
SELECT d.entity, c.period, c.metric, concat(c.value, c.unit) AS growth, c.baseline, c.verification, c.page, c.sentence,
    c.document, c.id AS claim
FROM claims AS c JOIN documents AS d ON d.id = c.document_id
WHERE c.kind = 'change_rate' AND c.direction = 'increase' AND c.base_value > 1 AND c.dimension = 'percent'
    AND ($entity IS NULL OR contains(d.entity, $entity))
ORDER BY c.base_value DESC, c.document_id, c.start
LIMIT 200
