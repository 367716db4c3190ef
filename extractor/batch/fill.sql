-- Adds the results of some documents, which are in the table scratch.result, to the tables of the database. Every
-- statement has a table of its own, so that they may run side by side.

INSERT INTO sections
SELECT document_id, document, s.id, s.parent, s.level, s.number, s.title, s.heading, s.start, s."end", s.page
FROM (SELECT document_id, document, unnest(sections) AS s FROM scratch.result);

INSERT INTO claims
SELECT document_id, document, c.id, c.section, array_to_string(c.path, ' / '), c.page, c.raw, c.metric, c.metric_id,
    c.kind, c.value, c.value_high, signed(exact(c.value), c.direction), c.unit, c.unit_implied, c.dimension,
    signed(exact(c.base_value), c.direction), c.base_value, c.base_unit, c.approximation,
    CASE WHEN is_turned(c.value, c.direction) THEN -exact(c.interval[2]) ELSE exact(c.interval[1]) END,
    CASE WHEN is_turned(c.value, c.direction) THEN -exact(c.interval[1]) ELSE exact(c.interval[2]) END,
    c.direction, c.baseline, c.period.text, TRY_CAST(c.period.start AS DATE), TRY_CAST(c.period."end" AS DATE), c.role,
    plain_scope(c.scope), c.part_of, c.share_of,
    CASE WHEN list_contains(verified, c.id) THEN 'verified' WHEN list_contains(contradicted, c.id) THEN 'contradicted'
        ELSE 'unverified' END,
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
SELECT own, document, "table", "row", "column",
    CASE WHEN c.value IS NOT NULL
        THEN list_filter(pages, lambda one: c.start BETWEEN one.start AND one."end")[1].number END,
    c.text, c.row_label, c.column_label, c.metric_id, label.kind, label.item, c.value, exact(c.value), c.unit,
    scaled(exact(c.value), unit.factor), unit.base_unit, c.period.text, TRY_CAST(c.period.start AS DATE),
    TRY_CAST(c.period."end" AS DATE),
    CASE WHEN c.metric_id IS NOT NULL THEN coalesce(stage.role, usual.role, 'actual') END, plain_scope(c.scope), c.rowspan, c.colspan, c.start, c."end"
FROM (
    SELECT document_id AS own, document, pages, "table", "row", unnest(cells) AS c,
        generate_subscripts(cells, 1) - 1 AS "column"
    FROM (
        SELECT document_id, document, pages, t.id AS "table", unnest(t."rows") AS cells,
            generate_subscripts(t."rows", 1) - 1 AS "row"
        FROM (SELECT document_id, document, pages, unnest(tables) AS t FROM scratch.result)
    )
)
LEFT JOIN scratch.unit AS unit ON unit.unit = c.unit
LEFT JOIN scratch.label AS label ON label.row_label = c.row_label AND label.column_label = c.column_label
    AND label.unit IS NOT DISTINCT FROM c.unit AND label.metric_id = c.metric_id
LEFT JOIN scratch.stage AS stage ON stage.value = c.scope.stage.value
LEFT JOIN scratch.usual AS usual ON usual.document_id = own AND usual.year = c.period."end"[1:4];

INSERT INTO checks
SELECT document_id, document, k.id, k.rule, k.status, k.severity, k.stated, k.computed, k.difference, k.message.zh,
    k.message.en, k.reason, k.operands
FROM (SELECT document_id, document, unnest(checks) AS k FROM scratch.result);

INSERT INTO findings
SELECT document_id, document, f.id, f.severity, f.stated, f.proposed, exact(f.amount), f.message.zh, f.message.en,
    f.suspect.role, f.suspect.claim, f.suspect."table", f.suspect."row", f.suspect."column", f.mends, f.breaks, f.checks
FROM (SELECT document_id, document, unnest(findings) AS f FROM scratch.result);

INSERT INTO results
SELECT document_id, key, stamp, info.title, info.entity, info.year, info.kind, info.stage, info.place, info.parent,
    info.publisher, TRY_CAST(info.published AS DATE), info.url, info.format, len(checks), len(findings),
    round((len(verification.verified) + len(verification.contradicted)) / nullif(len(claims), 0), 4), info.warnings,
    info.sha256, sketch
FROM scratch.result JOIN scratch.sketch USING (document_id);
