-- zh: 元与万元 | 通篇用万元或亿元的报告里，以元为单位的金额：可能漏写了“万”
-- en: yuan among wan yuan | amounts in 元 in reports that reckon in 万元 or 亿元: a 万 may be missing
WITH usual AS (
    SELECT document_id, count(*) AS amounts, count(*) FILTER (unit = '元') AS plain
    FROM claims WHERE dimension = 'money' AND kind IN ('level', 'change_amount') GROUP BY document_id
)
SELECT d.entity, d.year, c.metric, c.raw, c.verification, f.id AS finding, plain AS amounts_in_yuan, amounts, c.document,
    c.page, c.id AS claim_or_cell, c.sentence, count(*) OVER () AS in_all
FROM claims AS c
JOIN usual ON usual.document_id = c.document_id
JOIN documents AS d ON d.id = c.document_id
LEFT JOIN findings AS f ON f.document_id = c.document_id AND f.claim = c.id
WHERE c.unit = '元' AND c.dimension = 'money' AND c.kind IN ('level', 'change_amount') AND plain <= amounts * 0.2
    AND coalesce(c.scope.measure, '') NOT IN ('人均', '户均', '平均')
    AND NOT regexp_matches(concat(c.metric, '|', left(c.sentence, greatest(0, strpos(c.sentence, c.raw) - 1))[-16:], c.raw,
        substr(c.sentence, strpos(c.sentence, c.raw) + len(c.raw), 3)),
        '每\p{Han}{0,4}?(?:[百千万]?元|人|户|[年月日天]|次|亩|吨|平方米)|[人户]均|标准|元/|元每|单价|票价|价格|时薪|工资')
    AND ($entity IS NULL OR contains(d.entity, $entity))
ORDER BY f.id IS NULL, c.base_value, c.document_id, c.start
LIMIT 200
