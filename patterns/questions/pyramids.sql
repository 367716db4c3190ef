-- zh: 上下级汇总 | 各下属单位的合计与主管部门的数：合计大于部门的在前
-- en: pyramids | what the units of a department add up to against the department's own number
WITH told AS (
    SELECT d.entity, d.parent, p.year, p.metric_id, p.role, p.fund, {'yuan': p.base_value, 'document': p.document, 'page': p.page,
        'claim_or_cell': pointer(p.claim, p."table", p."row", p."column")} AS best
    FROM panel_best AS p JOIN documents AS d ON d.id = p.document_id
    WHERE p.kind = 'level' AND p.base_unit = '元' AND p.part IS NULL AND p.entity = d.entity
)
SELECT above.entity AS department, year, m.{lang} AS metric, role, count(*) AS units, sum(below.best.yuan) AS units_together,
    any_value(above.best.yuan) AS department_states, units_together - department_states AS difference,
    string_agg(below.entity, ' / ' ORDER BY below.entity) AS of_units,
    any_value(above.best).document AS document, any_value(above.best).page AS page,
    any_value(above.best).claim_or_cell AS claim_or_cell
FROM (SELECT * FROM told WHERE parent IS NOT NULL) AS below
JOIN (SELECT entity, year, metric_id, role, fund, best FROM told) AS above USING (year, metric_id, role)
JOIN metrics AS m ON m.id = metric_id
WHERE above.entity = below.parent AND above.fund IS NOT DISTINCT FROM below.fund AND ($entity IS NULL OR contains(above.entity, $entity))
GROUP BY above.entity, year, metric_id, m.{lang}, role
ORDER BY difference DESC, department, year, metric_id, role
LIMIT 200
