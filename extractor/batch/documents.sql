-- What stands on every document, from what the index lists (scratch.wanted), what its result says (results), what is
-- given with it (given) and whose it is (identity). A document of the same content as another has no result of its own,
-- and one whose result cannot be read has failed.

DELETE FROM documents;
INSERT INTO documents
SELECT w.id, w.document, w.path, CASE WHEN lost THEN 'failed' ELSE w.status END,
    CASE WHEN lost THEN 'damaged_result' ELSE w.reason END, w.message, w.same_as, i.near_to,
    coalesce(r.title, g.title), coalesce(e.name, r.entity), i.entity_id, r.year, r.kind, r.stage, r.place, r.parent,
    coalesce(r.publisher, g.publisher), coalesce(r.published, TRY_CAST(g.published AS DATE)), coalesce(r.url, g.url),
    r.format, CASE WHEN lost THEN 0 ELSE w.pages END, CASE WHEN lost THEN 0 ELSE w.claims END, r.checks, r.findings,
    r.coverage, r.warnings, r.sha256, w.key, w.seconds, w.peak_mb
FROM (
    SELECT *, status = 'done' AND NOT EXISTS (FROM results WHERE results.key = wanted.key) AS lost FROM scratch.wanted
) AS w
LEFT JOIN results AS r ON r.key = w.key AND NOT w.lost
LEFT JOIN given AS g ON g.path = w.path
LEFT JOIN identity AS i ON i.document_id = r.document_id
LEFT JOIN entities AS e ON e.id = i.entity_id
ORDER BY w.id;
