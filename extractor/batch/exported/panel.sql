-- A row an entity and year, a column a metric, kind and role: whole years and whole entities.
SELECT * FROM panel ORDER BY entity, year
