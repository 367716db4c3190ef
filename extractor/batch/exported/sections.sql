-- Every heading, with those above it.
SELECT s.document, d.entity, d.place, d.year, s.page, s.level, s.number, s.title, s.heading, s.id, s.parent, d.url,
    d.path, s.document_id
FROM sections AS s JOIN documents AS d ON d.id = s.document_id
ORDER BY s.document_id, s.start, s.level
