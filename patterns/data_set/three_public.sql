-- What each body budgeted and spent on receptions, vehicles and trips abroad in each year, and how many it received. Of
-- tables those of the three alone: others tell what a part of the money, such as 基本支出, has of them; of all funds
-- rather than of one.
CREATE VIEW three_public AS
SELECT entity, year, part, role, metric_id, coalesce(base_value, value) AS number, contradicted, "values", document, page,
    pointer(claim, "table", "row", "column") AS claim_or_cell
FROM panel_best
WHERE kind = 'level' AND role IN ('budget', 'actual') AND (metric_id LIKE 'fiscal.three\_public.%' ESCAPE '\' AND NOT is_apart
    OR metric_id IN ('visits.reception.batches', 'visits.reception.persons'))
QUALIFY row_number() OVER (PARTITION BY entity, year, part, role, metric_id
    ORDER BY coalesce(fund <> '', false), votes DESC, document_id, start) = 1
