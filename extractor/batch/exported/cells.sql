-- Every number of a table, with the labels of its row and column.
SELECT c.document, d.entity, d.place, d.year, d.kind AS report, c.page, t.title, c.row_label, c.column_label,
    c.metric_id, c.kind, c.value, c.unit, c.period, c.period_start, c.period_end, c.role, c.scope.level AS level,
    c.scope.fund AS fund, c.scope.account AS account, c.scope.side AS side, c.scope.stage AS stage,
    c.scope.measure AS measure, c.scope."group" AS "group", c.scope.place AS of_place, c.scope.owner AS owner,
    c.base_value, c.base_unit, c.text, c."table", c."row", c."column", d.published, d.url, d.path, c.document_id
FROM cells AS c
JOIN documents AS d ON d.id = c.document_id
JOIN tables AS t ON t.document_id = c.document_id AND t.id = c."table"
WHERE c.value IS NOT NULL
ORDER BY c.document_id, c.start
