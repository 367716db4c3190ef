-- The tables of a store's database. Numbers as the document has them are text (value); those to reckon with are
-- DECIMAL(38,10), and null where one does not fit exactly (base_text has it all the same).

CREATE MACRO exact(number) AS
    CASE WHEN regexp_full_match(number, '-?[0-9]{1,28}(\.[0-9]{1,10})?') THEN CAST(number AS DECIMAL(38, 10)) END;

-- One row for each file: done, or failed for a reason. same_as is the first file of the same content, which has the rows.
CREATE TABLE documents (
    id INTEGER PRIMARY KEY, document VARCHAR, path VARCHAR, status VARCHAR, reason VARCHAR, message VARCHAR,
    same_as INTEGER, title VARCHAR, entity VARCHAR, year INTEGER, format VARCHAR, pages INTEGER, claims INTEGER,
    warnings VARCHAR[], sha256 VARCHAR, key VARCHAR, seconds DOUBLE, peak_mb DOUBLE
);
CREATE TABLE sections (
    document_id INTEGER, document VARCHAR, id VARCHAR, parent VARCHAR, level INTEGER, number VARCHAR, title VARCHAR,
    heading VARCHAR, start INTEGER, "end" INTEGER, page INTEGER
);
CREATE TABLE claims (
    document_id INTEGER, document VARCHAR, id VARCHAR, section VARCHAR, path VARCHAR, page INTEGER, raw VARCHAR,
    metric VARCHAR, metric_id VARCHAR, kind VARCHAR, value VARCHAR, value_high VARCHAR, unit VARCHAR,
    unit_implied VARCHAR, dimension VARCHAR, base_value DECIMAL(38, 10), base_text VARCHAR, base_unit VARCHAR,
    approximation VARCHAR, low VARCHAR, high VARCHAR, direction VARCHAR, baseline VARCHAR, period VARCHAR,
    period_start VARCHAR, period_end VARCHAR, role VARCHAR, verification VARCHAR, "table" VARCHAR, "row" INTEGER,
    "column" INTEGER, sentence VARCHAR, start INTEGER, "end" INTEGER
);
CREATE TABLE tables (
    document_id INTEGER, document VARCHAR, id VARCHAR, title VARCHAR, kind VARCHAR, section VARCHAR, page INTEGER,
    unit VARCHAR, header_rows INTEGER, "rows" INTEGER, "columns" INTEGER, start INTEGER, "end" INTEGER
);
CREATE TABLE cells (
    document_id INTEGER, document VARCHAR, "table" VARCHAR, "row" INTEGER, "column" INTEGER, text VARCHAR, value VARCHAR,
    number DECIMAL(38, 10), unit VARCHAR, rowspan INTEGER, colspan INTEGER
);
CREATE TABLE checks (
    document_id INTEGER, document VARCHAR, id VARCHAR, rule VARCHAR, status VARCHAR, severity VARCHAR, stated VARCHAR,
    computed VARCHAR, difference VARCHAR, message_zh VARCHAR, message_en VARCHAR, reason VARCHAR,
    operands STRUCT(role VARCHAR, claim VARCHAR, "table" VARCHAR, "row" INTEGER, "column" INTEGER)[]
);
-- One mistake each: the number to suspect is a claim or a cell, amount is by how much it is wrong in the base unit of
-- money. Who ranks documents by their mistakes counts these and not the failing checks.
CREATE TABLE findings (
    document_id INTEGER, document VARCHAR, id VARCHAR, severity VARCHAR, stated VARCHAR, proposed VARCHAR,
    amount DECIMAL(38, 10), message_zh VARCHAR, message_en VARCHAR, role VARCHAR, claim VARCHAR, "table" VARCHAR,
    "row" INTEGER, "column" INTEGER, mends VARCHAR[], breaks VARCHAR[], checks VARCHAR[]
);
