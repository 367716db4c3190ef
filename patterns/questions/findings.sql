-- zh: 问题最多 | 哪些报告查出的问题最多，错误在前，并列出差额合计
-- en: most findings | the reports with most mistakes, and by how much money these are wrong
SELECT d.document, d.entity, d.year, count(*) FILTER (f.severity = 'error') AS errors,
    count(*) FILTER (f.severity = 'warning') AS warnings, sum(f.amount) AS wrong_by_yuan,
    arg_min(f.message_{lang}, {'severity': f.severity, 'amount': -coalesce(f.amount, 0), 'id': f.id}) AS first_finding, d.path
FROM findings AS f JOIN documents AS d ON d.id = f.document_id
WHERE $entity IS NULL OR contains(d.entity, $entity)
GROUP BY d.id, d.document, d.entity, d.year, d.path
ORDER BY errors DESC, warnings DESC, d.document
LIMIT 100
