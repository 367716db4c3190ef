-- What is reckoned when it is asked for: the figures of a store, which are the numbers of claims and of cells whose
-- metric is known, with whose and of when they are; and the panel, in which a figure that is told again stands once.

-- The levels that a scope may have: each is of a whole area, a part of one, or a reporting body.
CREATE TABLE levels (value VARCHAR, reach VARCHAR);
-- What is said of a number that has been added up since a time that need not be its year's beginning.
CREATE TABLE cumulated (measure VARCHAR);
-- The kinds of reports whose numbers are of an area, whichever body gives them.
CREATE TABLE area_reports (kind VARCHAR);

-- The stages that a scope may have, each with the role of its numbers: what 执行 is said of was done.
CREATE TABLE stages (value VARCHAR, role VARCHAR);
-- The statements that a metric stands in as a whole.
CREATE TABLE statements (metric_id VARCHAR, kind VARCHAR);

-- Whose numbers a document tells: the place of a report on an area, else its entity; where it names none, its own name.
-- The place of a department's report is not whose it is.
CREATE VIEW subjects AS
SELECT d.id AS document_id, coalesce(
    CASE WHEN d.kind IN (SELECT kind FROM area_reports) THEN coalesce(e.place, d.place) END, d.entity,
    CASE WHEN d.kind IS NULL THEN d.place END,
    d.document) AS subject
FROM documents AS d LEFT JOIN entities AS e ON e.id = d.entity_id;

-- The level of a whole area (全市, 全省) that most numbers of a document are of, where any is.
CREATE VIEW usual_levels AS
SELECT document_id, first(level ORDER BY told DESC, level) AS level
FROM (
    SELECT document_id, scope.level AS level, count(*) AS told
    FROM claims JOIN levels ON levels.value = scope.level AND reach = 'whole' GROUP BY ALL
)
GROUP BY document_id;

-- Where a level of an area is told short (本级), the one level of the same subject whose name ends so and begins as the
-- subject's ends: 市本级 of 云岭市.
CREATE VIEW full_levels AS
WITH told AS (
    SELECT DISTINCT s.subject, c.level
    FROM (
        SELECT document_id, scope.level AS level FROM claims UNION
        SELECT document_id, scope.level FROM cells WHERE metric_id IS NOT NULL
    ) AS c
    JOIN subjects AS s ON s.document_id = c.document_id
    WHERE c.level IS NOT NULL
)
SELECT short.subject, short.level, any_value(told.level) AS full_level
FROM told AS short JOIN told ON told.subject = short.subject AND told.level <> short.level
WHERE suffix(told.level, short.level) AND suffix(short.subject, told.level[1])
GROUP BY ALL HAVING count(*) = 1;

-- The number of a claim or a cell and the finding that suspects it, if any.
CREATE VIEW numbers AS
SELECT c.document_id, c.id AS claim, NULL AS "table", NULL AS "row", NULL AS "column", c.metric_id, c.metric AS name,
    c.kind, c.role, c.scope, NULL AS item, c.period, c.period_start, c.period_end, c.number, c.unit, c.base_value,
    c.base_unit, c.low, c.high, c.page, c.sentence, c.verification, f.id AS finding, c.start
FROM claims AS c
LEFT JOIN (SELECT document_id, claim, min(id) AS id FROM findings WHERE claim IS NOT NULL GROUP BY ALL) AS f
    ON f.document_id = c.document_id AND f.claim = c.id
WHERE c.metric_id IS NOT NULL AND c.value_high IS NULL
UNION ALL
SELECT c.document_id, NULL, c."table", c."row", c."column", c.metric_id, concat_ws(' | ', c.row_label, c.column_label),
    c.kind, c.role, c.scope,
    CASE WHEN c.scope.place IS NULL AND c.scope.owner IS NULL OR c.item <> c.scope.place AND starts_with(c.item, c.scope.place)
        THEN c.item END, c.period, c.period_start, c.period_end, c.number, c.unit, c.base_value, c.base_unit, NULL, NULL, c.page, NULL, NULL, f.id, c.start
FROM cells AS c
LEFT JOIN (
    SELECT document_id, "table", "row", "column", min(id) AS id FROM findings WHERE claim IS NULL GROUP BY ALL
) AS f ON f.document_id = c.document_id AND f."table" = c."table" AND f."row" = c."row" AND f."column" = c."column"
WHERE c.metric_id IS NOT NULL AND c.kind IS NOT NULL;

-- What is nearly the same as another document tells nothing again. entity: whose number it is: of the owner or the place
-- that its words name, else of the document's subject; null for the whole of another area (全国 in the report of a city).
-- part: its level, where an area has several (市级, 县区, 本级), or the row or column of the table that it is of. What
-- was added up (累计) in a report on an area is annual only where its sentence names its time. is_apart: it stands in a
-- statement that does not have the metric as a whole.
CREATE VIEW figures AS
SELECT
    CASE WHEN n.scope.owner IS NOT NULL THEN n.scope.owner
        WHEN n.scope.place IS NOT NULL AND s.subject LIKE concat(n.scope.place, '%') THEN s.subject
        WHEN n.scope.place IS NOT NULL THEN n.scope.place
        WHEN levels.reach = 'whole' AND levels.value <> usual.level THEN NULL
        ELSE s.subject END AS entity,
    coalesce(n.scope.place, d.place) AS place,
    CASE WHEN n.period_end IS NULL THEN d.year
        WHEN year(coalesce(n.period_start, n.period_end)) = year(n.period_end) THEN year(n.period_end) END AS year,
    n.period, n.period_start, n.period_end,
    (n.period_end IS NULL OR coalesce(n.period_start, n.period_end) IN (n.period_end, date_trunc('year', n.period_end))
        AND month(n.period_end) = 12)
        AND NOT coalesce(n.scope.measure IN (FROM cumulated) AND coalesce(NOT contains(n.sentence, n.period), true)
            AND n.claim IS NOT NULL AND d.kind IN (SELECT kind FROM area_reports), false) AS is_annual,
    n.metric_id, n.name, n.kind, n.role, coalesce(
        CASE WHEN levels.reach = 'part' OR levels.reach = 'body' AND d.kind IN (SELECT kind FROM area_reports)
            THEN coalesce(full_levels.full_level, n.scope.level) END, n.item) AS part,
    concat_ws(' ', n.scope.level, n.scope.fund, n.scope.account, n.scope.side, n.scope.stage, n.scope.measure,
        n.scope."group") AS scope_text,
    n.scope, n.number AS value, n.unit, n.base_value, n.base_unit, n.low, n.high, n.page, n.sentence, n.claim, n."table",
    n."row", n."column", n.verification, n.finding,
    n.finding IS NOT NULL OR coalesce(n.verification = 'contradicted', false) AS contradicted,
    n.claim IS NULL AND known.kinds IS NOT NULL AND coalesce(NOT list_contains(known.kinds, t.kind), true) AS is_apart,
    d.document, d.kind AS report, d.published, d.url, d.path, s.subject, d.year AS report_year, n.document_id, n.start
FROM numbers AS n
JOIN documents AS d ON d.id = n.document_id AND d.near_to IS NULL
JOIN subjects AS s ON s.document_id = n.document_id
LEFT JOIN levels ON levels.value = n.scope.level AND n.scope.place IS NULL
LEFT JOIN full_levels ON full_levels.subject = s.subject AND full_levels.level = n.scope.level
LEFT JOIN usual_levels AS usual ON usual.document_id = n.document_id
LEFT JOIN tables AS t ON t.document_id = n.document_id AND t.id = n."table"
LEFT JOIN (SELECT metric_id, list(kind) AS kinds FROM statements GROUP BY metric_id) AS known
    ON known.metric_id = n.metric_id;

-- Of the same number of the same figure the one of the report on that entity and year, what is verified, the first; told
-- and documents say how often it stands, and in how many.
CREATE VIEW panel_long AS
SELECT *, count(*) OVER same AS told, count(DISTINCT document_id) OVER same AS documents
FROM figures
WHERE entity IS NOT NULL AND coalesce(base_value, value) IS NOT NULL
WINDOW same AS (
    PARTITION BY entity, year, period_start, period_end, metric_id, kind, role, part, scope."group",
        coalesce(base_value, value)
)
QUALIFY row_number() OVER (same ORDER BY subject IS DISTINCT FROM entity, year IS DISTINCT FROM report_year,
    is_apart, contradicted, verification IS DISTINCT FROM 'verified', document_id, start, claim) = 1;

-- Of the figures of a metric of one whole year, or its end, the one that is meant: of the report on that entity and
-- year, of no group of its items, of a statement that has the metric as a whole, for others tell of a part of the money;
-- then what is told most often, be it rounded elsewhere (four digits count), what is said to have been done, what is of the
-- end of the year, the first.
-- fund: where an entity tells a metric of several (上解支出), that of the number. votes says how often it is told, values
-- how many numbers there are to choose from.
CREATE VIEW panel_best AS
WITH several AS (
    SELECT entity, metric_id FROM panel_long GROUP BY ALL HAVING count(DISTINCT scope.fund) > 1
), valued AS (
    SELECT p.*, CASE WHEN several.metric_id IS NOT NULL THEN coalesce(p.scope.fund, '') END AS fund,
        p.role = 'actual' AND stages.role IS DISTINCT FROM p.role AS is_unsettled,
        replace(CAST(abs(coalesce(p.base_value, p.value)) AS VARCHAR), '.', '').ltrim('0') AS digits
    FROM panel_long AS p
    LEFT JOIN several ON several.entity = p.entity AND several.metric_id = p.metric_id
    LEFT JOIN stages ON stages.value = p.scope.stage
    WHERE p.is_annual AND p.year IS NOT NULL
), heard AS (
    SELECT *, sum(told) OVER (PARTITION BY entity, year, metric_id, kind, role, part, digits[1:4], len(digits)) AS votes
    FROM valued
)
SELECT * EXCLUDE (is_unsettled, digits), count(*) OVER same AS "values"
FROM heard
WINDOW same AS (PARTITION BY entity, year, metric_id, kind, role, part, fund, base_unit)
QUALIFY row_number() OVER (same ORDER BY subject IS DISTINCT FROM entity, year IS DISTINCT FROM report_year,
    scope."group" IS NOT NULL, is_apart, votes DESC, is_unsettled, period_start IS DISTINCT FROM period_end, claim IS NULL,
    document_id, start) = 1;
