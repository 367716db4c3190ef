-- zh: 照搬句子 | 不同主体的报告里一字不差、带有相同数字的句子：可能照搬了别人的内容
-- en: borrowed sentences | sentences with their numbers that reports of different entities share to the letter
WITH told AS (
    SELECT c.document_id, c.document, s.subject, regexp_replace(c.sentence, '\s', '', 'g') AS words,
        count(*) AS numbers, bool_or(len(regexp_replace(c.value, '[^0-9]', '', 'g')) > 2) AS telling,
        min(c.page) AS page, arg_min(c.id, c.start) AS claim
    FROM claims AS c JOIN subjects AS s ON s.document_id = c.document_id
    JOIN documents AS d ON d.id = c.document_id AND d.near_to IS NULL
    WHERE len(c.sentence) >= 15 GROUP BY ALL
)
SELECT count(DISTINCT subject) AS entities, numbers, string_agg(DISTINCT subject, ' / ' ORDER BY subject) AS of_entities,
    any_value(words) AS sentence, string_agg(DISTINCT concat(document, coalesce(' p. ' || page, ''), ' ', claim), ' / ' ORDER BY concat(document, coalesce(' p. ' || page, ''), ' ', claim)) AS documents
FROM told WHERE telling
GROUP BY words, numbers
HAVING entities > 1 AND ($entity IS NULL OR contains(of_entities, $entity))
ORDER BY numbers DESC, entities DESC, words
LIMIT 200
