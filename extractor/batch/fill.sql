-- Adds the results of some documents, which are in the table scratch.result, to the tables of the database. Every
-- statement has a table of its own, so that they may run side by side.

INSERT INTO sections
SELECT document_id, document, s.id, s.parent, s.level, s.number, s.title, s.heading, s.start, s."end", s.page
FROM (SELECT document_id, document, unnest(sections) AS s FROM scratch.result);

INSERT INTO claims
SELECT document_id, document, c.id, c.section, array_to_string(c.path, ' / '), c.page, c.raw, c.metric, c.metric_id,
    c.kind, c.value, c.value_high, c.unit, c.unit_implied, c.dimension, exact(c.base_value), c.base_value, c.base_unit,
    c.approximation, c.interval[1], c.interval[2], c.direction, c.baseline, c.period.text, c.period.start,
    c.period."end", c.role, CASE WHEN list_contains(verified, c.id) THEN 'verified'
        WHEN list_contains(contradicted, c.id) THEN 'contradicted' ELSE 'unverified' END,
    c.cell."table", c.cell."row", c.cell."column",
    substring(text, c.sentence.start + 1, c.sentence."end" - c.sentence.start), c.start, c."end"
FROM (
    SELECT document_id, document, text, verification.verified AS verified, verification.contradicted AS contradicted,
        unnest(claims) AS c
    FROM scratch.result
);

INSERT INTO tables
SELECT document_id, document, t.id, t.title, t.kind, t.section, t.page, t.unit, t.header_rows, len(t."rows"),
    coalesce(len(t."rows"[1]), 0), t.start, t."end"
FROM (SELECT document_id, document, unnest(tables) AS t FROM scratch.result);

INSERT INTO cells
SELECT document_id, document, "table", "row", "column", c.text, c.value, exact(c.value), c.unit, c.rowspan, c.colspan
FROM (
    SELECT document_id, document, "table", "row", unnest(cells) AS c, generate_subscripts(cells, 1) - 1 AS "column"
    FROM (
        SELECT document_id, document, t.id AS "table", unnest(t."rows") AS cells,
            generate_subscripts(t."rows", 1) - 1 AS "row"
        FROM (SELECT document_id, document, unnest(tables) AS t FROM scratch.result)
    )
);

INSERT INTO checks
SELECT document_id, document, k.id, k.rule, k.status, k.severity, k.stated, k.computed, k.difference, k.message.zh,
    k.message.en, k.reason, k.operands
FROM (SELECT document_id, document, unnest(checks) AS k FROM scratch.result);

INSERT INTO findings
SELECT document_id, document, f.id, f.severity, f.stated, f.proposed, exact(f.amount), f.message.zh, f.message.en,
    f.suspect.role, f.suspect.claim, f.suspect."table", f.suspect."row", f.suspect."column", f.mends, f.breaks, f.checks
FROM (SELECT document_id, document, unnest(findings) AS f FROM scratch.result);

UPDATE documents SET
    title = r.info.title, entity = r.info.entity, year = r.info.year, format = r.info.format,
    warnings = r.info.warnings, sha256 = r.info.sha256
FROM scratch.result AS r WHERE documents.key = r.key;
