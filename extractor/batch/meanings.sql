-- What some results say, in the table scratch.result, and what the patterns make of it, for the statements that fill
-- the tables: the units of cells, the labels of those whose metric is known, the role that is usual in a document's year.

CREATE OR REPLACE TABLE scratch.cell AS
SELECT c.row_label, c.column_label, c.unit, c.metric_id
FROM (
    SELECT unnest(flatten(t."rows")) AS c FROM (SELECT unnest(tables) AS t FROM scratch.result)
)
WHERE c.value IS NOT NULL GROUP BY ALL;

CREATE OR REPLACE TABLE scratch.unit (unit VARCHAR, base_unit VARCHAR, factor DECIMAL(28, 10), dimension VARCHAR);

CREATE OR REPLACE TABLE scratch.label (
    row_label VARCHAR, column_label VARCHAR, unit VARCHAR, metric_id VARCHAR, kind VARCHAR, item VARCHAR
);

CREATE OR REPLACE TABLE scratch.usual AS
SELECT document_id, year, first(role ORDER BY told DESC, role) AS role
FROM (
    SELECT document_id, claim.period."end"[1:4] AS year, claim.role AS role, count(*) AS told
    FROM (SELECT document_id, unnest(claims) AS claim FROM scratch.result) WHERE claim.kind = 'level' GROUP BY ALL
)
GROUP BY ALL;
