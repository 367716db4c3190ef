-- Every table, with its title and the statement that it is.
SELECT t.document, d.entity, d.place, d.year, t.page, t.title, t.kind, s.heading AS section, t.unit, t.header_rows,
    t."rows", t."columns", t.id, d.url, d.path, t.document_id
FROM tables AS t
JOIN documents AS d ON d.id = t.document_id
LEFT JOIN sections AS s ON s.document_id = t.document_id AND s.id = t.section
ORDER BY t.document_id, t.start
