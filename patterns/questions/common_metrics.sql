-- zh: 共同指标 | 五份以上报告都写的指标，各有多少份、最小最大是多少；最小最大只看整年、整个主体的数
-- en: common metrics | what five reports or more tell, and between which numbers: those of whole years and whole entities
WITH whole AS (
    SELECT metric_id, kind, base_unit, min({'number': coalesce(base_value, value), 'at': stands}) AS least,
        max({'number': coalesce(base_value, value), 'at': stands}) AS most
    FROM (
        SELECT *, concat_ws(' ', document, 'p. ' || page, pointer(claim, "table", "row", "column")) AS stands
        FROM panel_best WHERE part IS NULL AND NOT is_apart
            AND (scope."group" IS NULL OR metric_id NOT IN (SELECT metric_id FROM panel_best WHERE scope."group" IS NULL))
            AND ($entity IS NULL OR contains(entity, $entity))
    )
    GROUP BY ALL
)
SELECT metric_id, any_value(m.{lang}) AS metric, t.kind, count(DISTINCT document_id) AS reports,
    count(DISTINCT entity) AS entities, count(*) AS figures, any_value(least.number) AS least,
    any_value(most.number) AS most, base_unit AS unit, any_value(least.at) AS least_at, any_value(most.at) AS most_at,
    string_agg(DISTINCT document, ' / ' ORDER BY document) AS documents
FROM figures AS t JOIN metrics AS m ON m.id = metric_id LEFT JOIN whole USING (metric_id, kind, base_unit)
WHERE coalesce(base_value, value) IS NOT NULL AND ($entity IS NULL OR contains(entity, $entity))
GROUP BY metric_id, t.kind, base_unit
HAVING reports >= 5
ORDER BY reports DESC, metric_id, t.kind, unit
