-- Every check, those that hold too.
SELECT k.document, d.entity, d.place, d.year, k.rule, k.status, k.severity, k.message_{lang} AS message, k.stated,
    k.computed, k.difference, k.reason, CAST(to_json(k.operands) AS VARCHAR) AS operands, k.id, d.url, d.path,
    k.document_id
FROM checks AS k JOIN documents AS d ON d.id = k.document_id
ORDER BY k.document_id, k.id
