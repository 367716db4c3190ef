-- Every number of the narrative, with its sentence.
SELECT c.document, d.entity, d.place, d.year, d.kind AS report, c.page, c.metric, c.metric_id, c.kind,
    CASE WHEN c.number < 0 AND c.value NOT LIKE '-%' THEN concat('-', c.value) ELSE c.value END AS value,
    CASE WHEN c.number < 0 AND c.value_high NOT LIKE '-%' THEN concat('-', c.value_high) ELSE c.value_high END AS value_high,
    c.unit, c.unit_implied, c.approximation, c.direction, c.baseline, c.period, c.period_start, c.period_end, c.role,
    c.scope.level AS level, c.scope.fund AS fund, c.scope.account AS account, c.scope.side AS side,
    c.scope.stage AS stage, c.scope.measure AS measure, c.scope."group" AS "group", c.scope.place AS of_place,
    c.scope.owner AS owner, c.base_value, c.base_unit, c.low, c.high, c.dimension, c.verification, c.path AS section,
    c.sentence, c.raw, c.part_of, c.share_of, c.id, c."table", c."row", c."column", d.published, d.url, d.path,
    c.document_id
FROM claims AS c JOIN documents AS d ON d.id = c.document_id
ORDER BY c.document_id, c.start
