-- zh: 共同指标 | 五份以上报告都写的指标，各有多少份、最小最大是多少
-- en: common metrics | what five reports or more tell, and between which numbers
SELECT metric_id, any_value(m.{lang}) AS metric, kind, count(DISTINCT document_id) AS reports,
    count(DISTINCT entity) AS entities, count(*) AS figures, min(coalesce(base_value, value)) AS least,
    max(coalesce(base_value, value)) AS most, base_unit AS unit
FROM panel_long JOIN metrics AS m ON m.id = metric_id
WHERE $entity IS NULL OR contains(entity, $entity)
GROUP BY metric_id, kind, base_unit
HAVING reports >= 5
ORDER BY reports DESC, metric_id, kind, unit
