-- zh: 同一单位两年 | 同一主体同一指标相邻两年的数和变化，变化大的在前，至多200行，in_all 为一共有多少；用 --entity 指定主体
-- en: two years | the same metric of the same entity in two years that follow, the widest change first: 200 rows at most, in_all is how many there are
-- Two numbers of the same part and fund are compared, and none whose growth a report states far otherwise: they differ in scope.
WITH told AS (
    SELECT entity, year, metric_id, role, part, fund, base_unit AS unit, {'number': coalesce(base_value, value), 'document': document,
        'page': page, 'claim_or_cell': pointer(claim, "table", "row", "column")} AS best
    FROM panel_best
    WHERE kind = 'level' AND NOT is_apart AND NOT (role = 'actual' AND year > report_year)
        AND ($entity IS NULL OR contains(entity, $entity))
), stated AS (
    SELECT entity, year, metric_id, part, list(base_value) AS rates
    FROM figures WHERE kind = 'change_rate' AND base_value IS NOT NULL AND base_unit IN ('1', '倍') GROUP BY ALL
), paired AS (
    SELECT entity, metric_id, role, now.part, nullif(now.fund, '') AS fund, before.year AS year_before, before.best AS before, now.year, now.best AS now, now.unit,
        now.best.number / nullif(before.best.number, 0) - 1 AS change
    FROM told AS before
    JOIN told AS now USING (entity, metric_id, role)
    WHERE now.year = before.year + 1 AND now.part IS NOT DISTINCT FROM before.part
        AND now.fund IS NOT DISTINCT FROM before.fund
        AND now.unit IS NOT DISTINCT FROM before.unit
)
SELECT p.entity, m.{lang} AS metric, p.role, p.part, p.fund, p.year_before, p.before.number AS before, p.year, p.now.number AS now, p.unit,
    round(100 * change, 1) AS percent, p.before.document AS document_before, p.before.page AS page_before,
    p.before.claim_or_cell AS claim_or_cell_before, p.now.document AS document, p.now.page AS page,
    p.now.claim_or_cell AS claim_or_cell, count(*) OVER () AS in_all
FROM paired AS p
JOIN metrics AS m ON m.id = p.metric_id
LEFT JOIN stated AS s ON s.entity = p.entity AND s.year = p.year AND s.metric_id = p.metric_id
    AND s.part IS NOT DISTINCT FROM p.part
WHERE s.rates IS NULL OR change IS NULL
    OR list_min(list_transform(s.rates, lambda rate: abs(rate - change))) <= 0.25 + abs(change) / 10
ORDER BY abs(change) DESC NULLS LAST, p.entity, p.metric_id, p.role, p.part NULLS FIRST, p.fund, p.year, p.unit
LIMIT 200
