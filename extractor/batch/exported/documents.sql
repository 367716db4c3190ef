-- Every file, also what failed and what is of the same content as another.
SELECT d.document, d.status, d.reason, d.message, same.document AS same_as,
    near.document AS near_to, d.title, d.entity, d.place, d.parent, d.year,
    d.kind, d.stage, d.publisher, d.published, d.url, d.format, d.pages, d.claims, d.checks,
    d.findings, d.coverage,
    array_to_string(d.warnings, ' ') AS warnings, d.path, d.sha256, d.seconds, d.peak_mb, d.id
FROM documents AS d LEFT JOIN documents AS same ON d.same_as = same.id
LEFT JOIN documents AS near ON d.near_to = near.id
ORDER BY d.id
