-- The tables of a store's database. Numbers as the document has them are text (value); those to reckon with are
-- DECIMAL(38,10), and null where one does not fit exactly (base_text has it all the same). Of what fell by so much they
-- are negative, the text stays as it is. Days are dates, a scope has its facets as fields: scope.level, scope.fund.

CREATE MACRO exact(number) AS
    CASE WHEN regexp_full_match(number, '-?[0-9]{1,28}(\.[0-9]{1,10})?') THEN CAST(number AS DECIMAL(38, 10)) END;
CREATE MACRO signed(number, direction) AS CASE WHEN direction = 'decrease' THEN -abs(number) ELSE number END;
-- The bounds of what fell by 3 % or more are none below and -3 % above.
CREATE MACRO is_turned(number, direction) AS coalesce(direction = 'decrease' AND number NOT LIKE '-%', false);
-- A number in the base unit of its own, where it is exact in ten decimals.
CREATE MACRO scaled(number, factor) AS
    CASE WHEN TRY(CAST(number * factor AS DECIMAL(38, 10))) = TRY(number * factor)
        THEN CAST(number * factor AS DECIMAL(38, 10)) END;
-- Where a number stands: the id of a claim, or a table with the row and column of a cell.
CREATE MACRO pointer(claim, "table", "row", "column") AS coalesce(claim, concat("table", ' ', "row", ':', "column"));
CREATE TYPE facets AS STRUCT(
    level VARCHAR, fund VARCHAR, account VARCHAR, side VARCHAR, stage VARCHAR, measure VARCHAR, "group" VARCHAR,
    place VARCHAR, owner VARCHAR
);
CREATE MACRO plain_scope(scope) AS CASE WHEN scope IS NOT NULL THEN CAST({
    'level': scope.level.value, 'fund': scope.fund.value, 'account': scope.account.value, 'side': scope.side.value,
    'stage': scope.stage.value, 'measure': scope.measure.value, 'group': scope."group".value,
    'place': scope.place.value, 'owner': scope.owner.value
} AS facets) END;

-- The metrics that a number may be of, each with its name in both languages: the same in every store of a version.
CREATE TABLE metrics (id VARCHAR, zh VARCHAR, en VARCHAR, dimension VARCHAR);
-- One row for each file: done, or failed for a reason. same_as is the first file of the same content, which has the rows.
-- near_to is the document to prefer to this one, which is nearly the same: the final one of a draft, the same report in
-- another format. entity is the name of the body in entities, whatever the report calls it. An id stays when files are
-- added or taken away. coverage is the share of the claims that a check stands for or against.
CREATE TABLE documents (
    id INTEGER, document VARCHAR, path VARCHAR, status VARCHAR, reason VARCHAR, message VARCHAR, same_as INTEGER,
    near_to INTEGER, title VARCHAR, entity VARCHAR, entity_id INTEGER, year INTEGER, kind VARCHAR, stage VARCHAR,
    place VARCHAR, parent VARCHAR,
    publisher VARCHAR, published DATE, url VARCHAR, format VARCHAR, pages INTEGER, claims INTEGER, checks INTEGER,
    findings INTEGER, coverage DOUBLE, warnings VARCHAR[], sha256 VARCHAR, key VARCHAR, seconds DOUBLE, peak_mb DOUBLE
);
-- One row for each body that the documents are of, or that such a body belongs to (parent). kind is government,
-- congress, party, court, department, unit, school, hospital, association or company, level national, province, city,
-- county or town; aliases are the other names that documents use for it.
CREATE TABLE entities (
    id INTEGER, name VARCHAR, kind VARCHAR, level VARCHAR, place VARCHAR, parent INTEGER, aliases VARCHAR[]
);
-- What lies in the folders of the last batch and was not read: what its name ends in is not asked for (ending), it is
-- the folder of a batch (store), it leads out of its folder (link), is no regular file (no-file), may not be read …
CREATE TABLE passed_over (path VARCHAR, reason VARCHAR);
CREATE TABLE sections (
    document_id INTEGER, document VARCHAR, id VARCHAR, parent VARCHAR, level INTEGER, number VARCHAR, title VARCHAR,
    heading VARCHAR, start INTEGER, "end" INTEGER, page INTEGER
);
CREATE TABLE claims (
    document_id INTEGER, document VARCHAR, id VARCHAR, section VARCHAR, path VARCHAR, page INTEGER, raw VARCHAR,
    metric VARCHAR, metric_id VARCHAR, kind VARCHAR, value VARCHAR, value_high VARCHAR, number DECIMAL(38, 10),
    unit VARCHAR, unit_implied VARCHAR, dimension VARCHAR, base_value DECIMAL(38, 10), base_text VARCHAR,
    base_unit VARCHAR, approximation VARCHAR, low DECIMAL(38, 10), high DECIMAL(38, 10), direction VARCHAR,
    baseline VARCHAR, period VARCHAR, period_start DATE, period_end DATE, role VARCHAR, scope facets, part_of VARCHAR,
    share_of VARCHAR, verification VARCHAR, "table" VARCHAR, "row" INTEGER,
    "column" INTEGER, sentence VARCHAR, start INTEGER, "end" INTEGER
);
CREATE TABLE tables (
    document_id INTEGER, document VARCHAR, id VARCHAR, title VARCHAR, kind VARCHAR, section VARCHAR, page INTEGER,
    unit VARCHAR, header_rows INTEGER, "rows" INTEGER, "columns" INTEGER, start INTEGER, "end" INTEGER
);
-- kind and role are told of the cells whose metric is known: by the words of their labels, and where these name no
-- stage by what the claims of the same document and year are. item is the row or column that the number is of, where
-- the other names the metric.
CREATE TABLE cells (
    document_id INTEGER, document VARCHAR, "table" VARCHAR, "row" INTEGER, "column" INTEGER, page INTEGER, text VARCHAR,
    row_label VARCHAR, column_label VARCHAR, metric_id VARCHAR, kind VARCHAR, item VARCHAR, value VARCHAR,
    number DECIMAL(38, 10), unit VARCHAR, base_value DECIMAL(38, 10), base_unit VARCHAR, period VARCHAR, period_start DATE, period_end DATE,
    role VARCHAR, scope facets, rowspan INTEGER, colspan INTEGER, start INTEGER, "end" INTEGER
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

-- What each result says of its document, and what its file looked like when its rows were made: of this and of the index
-- documents is made. built says with which tables, and of what else.
CREATE TABLE results (
    document_id INTEGER, key VARCHAR, stamp VARCHAR, title VARCHAR, entity VARCHAR, year INTEGER, kind VARCHAR,
    stage VARCHAR, place VARCHAR, parent VARCHAR, publisher VARCHAR, published DATE, url VARCHAR, format VARCHAR,
    checks INTEGER, findings INTEGER, coverage DOUBLE, warnings VARCHAR[], sha256 VARCHAR, sketch BIGINT[]
);
CREATE TABLE built (schema VARCHAR, inputs VARCHAR);
