-- zh: 同一单位两年 | 同一主体同一指标相邻两年的数和变化，变化大的在前；用 --entity 指定主体
-- en: two years | the same metric of the same entity in two years that follow, the widest change first
WITH told AS (
    SELECT entity, year, metric_id, role, part, base_unit AS unit,
        arg_max(coalesce(base_value, value), {'told': told, 'id': -document_id, 'start': -start}) AS number,
        min(document) AS document
    FROM panel_long
    WHERE kind = 'level' AND is_annual AND ($entity IS NULL OR contains(entity, $entity))
    GROUP BY ALL
)
SELECT entity, m.{lang} AS metric, role, now.part, before.year AS year_before, before.number AS before, now.year AS year,
    now.number AS now, now.unit, round(100 * (now.number / nullif(before.number, 0) - 1), 1) AS percent,
    before.document AS document_before, now.document
FROM told AS before
JOIN told AS now USING (entity, metric_id, role)
JOIN metrics AS m ON m.id = metric_id
WHERE now.year = before.year + 1 AND now.part IS NOT DISTINCT FROM before.part AND now.unit IS NOT DISTINCT FROM before.unit
ORDER BY abs(percent) DESC NULLS LAST, entity, metric_id, role
LIMIT 200
