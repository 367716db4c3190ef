-- zh: 共同指标 | 五份以上报告都写的指标，各有多少份、最小最大是多少；最小最大只看整年、整个主体的数
-- en: common metrics | what five reports or more tell, and between which numbers: those of whole years and whole entities
WITH told AS (
    SELECT *, coalesce(base_value, value) AS number,
        is_annual AND year IS NOT NULL AND part IS NULL AND entity IS NOT NULL AND scope."group" IS NULL AS is_whole,
        concat_ws(' ', document, 'p. ' || page, pointer(claim, "table", "row", "column")) AS stands
    FROM figures
    WHERE coalesce(base_value, value) IS NOT NULL AND ($entity IS NULL OR contains(entity, $entity))
)
SELECT metric_id, any_value(m.{lang}) AS metric, t.kind, count(DISTINCT document_id) AS reports,
    count(DISTINCT entity) AS entities, count(*) AS figures, min(number) FILTER (is_whole) AS least,
    max(number) FILTER (is_whole) AS most, base_unit AS unit,
    arg_min(stands, {'number': number, 'id': document_id, 'start': start}) FILTER (is_whole) AS least_at,
    arg_min(stands, {'number': -number, 'id': document_id, 'start': start}) FILTER (is_whole) AS most_at,
    string_agg(DISTINCT document, ' / ' ORDER BY document) AS documents
FROM told AS t JOIN metrics AS m ON m.id = metric_id
GROUP BY metric_id, t.kind, base_unit
HAVING reports >= 5
ORDER BY reports DESC, metric_id, t.kind, unit
