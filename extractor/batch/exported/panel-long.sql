-- A row a figure, which stands once however often it is told.
SELECT entity, place, year, period, period_start, period_end, metric_id, metrics.{lang} AS metric, name, p.kind, role,
    scope_text AS scope, part, value, unit, base_value, base_unit, low, high, page, sentence, claim, "table", "row",
    "column", document, report, contradicted, finding, told, documents, published, url, path, document_id
FROM panel_long AS p JOIN metrics ON metrics.id = p.metric_id
ORDER BY entity, year, metric_id, p.kind, role, document_id, p.start
