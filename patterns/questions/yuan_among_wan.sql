-- zh: 元与万元 | 通篇用万元或亿元的报告里，以元为单位的金额：可能漏写了“万”；同一句里另有万元、亿元的在前
-- en: yuan among wan yuan | amounts in 元 in reports that reckon in 万元 or 亿元, those with such beside them in their sentence first: a 万 may be missing
-- What a person, a household or a thing gets is told in 元 everywhere; so are several amounts of one sentence.
WITH money AS (
    SELECT c.*, d.entity, d.year, count(*) OVER told AS amounts, count(*) FILTER (unit = '元') OVER told AS plain,
        count(*) OVER said AS beside, count(*) FILTER (unit = '元') OVER said AS plain_beside
    FROM claims AS c JOIN documents AS d ON d.id = c.document_id AND d.near_to IS NULL
    WHERE c.dimension = 'money' AND c.kind IN ('level', 'change_amount')
    WINDOW told AS (PARTITION BY c.document_id), said AS (PARTITION BY c.document_id, c.sentence)
)
SELECT m.entity, m.year, m.metric, m.raw, m.verification, f.id AS finding, plain AS amounts_in_yuan, amounts, m.document,
    m.page, m.id AS claim_or_cell, m.sentence, count(*) OVER () AS in_all
FROM money AS m
LEFT JOIN claims AS w ON w.document_id = m.document_id AND w.id = m.part_of
LEFT JOIN findings AS f ON f.document_id = m.document_id AND f.claim = m.id
WHERE m.unit = '元' AND m.base_value <> 0 AND plain <= amounts * 0.2 AND (beside = 1 OR plain_beside < beside)
    AND coalesce(m.scope.measure, w.scope.measure, '') NOT IN ('人均', '户均', '平均')
    AND NOT regexp_matches(concat(m.metric, '|', left(m.sentence, greatest(0, strpos(m.sentence, m.raw) - 1))[-16:], m.raw,
        substr(m.sentence, strpos(m.sentence, m.raw) + len(m.raw), 3)),
        '每\p{Han}{0,4}?(?:[百千万]?元|人|户|[年月日天]|次|亩|吨|平方米)|[人户生]均|一次性|标准|元/|元每|单价|票价|价格|时薪|工资')
    AND ($entity IS NULL OR contains(m.entity, $entity))
ORDER BY f.id IS NULL, beside = 1, m.base_value, m.document_id, m.start
LIMIT 200
