-- Every mistake that failing checks show, with the number to suspect.
SELECT f.document, d.entity, d.place, d.year, f.severity, coalesce(c.page, n.page, t.page) AS page,
    coalesce(c.metric, n.row_label) AS metric, t.title AS "table", f.stated, f.proposed, f.amount,
    f.message_{lang} AS message, c.path AS section, c.sentence, len(f.checks) AS checks, f.id, f.claim, f."row",
    f."column", d.url, d.path, f.document_id
FROM findings AS f
JOIN documents AS d ON d.id = f.document_id
LEFT JOIN claims AS c ON c.document_id = f.document_id AND c.id = f.claim
LEFT JOIN tables AS t ON t.document_id = f.document_id AND t.id = f."table"
LEFT JOIN cells AS n ON n.document_id = f.document_id AND n."table" = f."table" AND n."row" = f."row"
    AND n."column" = f."column"
ORDER BY f.document_id, f.severity, f.amount DESC NULLS LAST, f.id
