-- zh: 问题最多 | 哪些报告查出的问题最多，错误在前，并列出单位写错几处、其余差额合计
-- en: most findings | the reports with most mistakes, how many of these are of a unit alone, and by how much money the others are wrong
WITH told AS (
    SELECT d.id, d.document, d.entity, d.year, count(*) FILTER (f.severity = 'error') AS errors,
        count(*) FILTER (f.severity = 'warning') AS warnings, count(*) FILTER (f.digits = f.other_digits) AS wrong_units,
        sum(f.amount) FILTER (f.digits IS DISTINCT FROM f.other_digits) AS wrong_by_yuan,
        arg_min({'message': f.message_{lang}, 'page': coalesce(c.page, l.page),
                'claim_or_cell': pointer(f.claim, f."table", f."row", f."column")},
            {'severity': f.severity, 'amount': -coalesce(f.amount, 0), 'id': f.id}) AS worst, d.path
    FROM (
        SELECT *, regexp_replace(stated, '[^0-9.]', '', 'g') AS digits, regexp_replace(proposed, '[^0-9.]', '', 'g') AS other_digits
        FROM findings
    ) AS f JOIN documents AS d ON d.id = f.document_id
    LEFT JOIN claims AS c ON c.document_id = f.document_id AND c.id = f.claim
    LEFT JOIN cells AS l ON f.claim IS NULL AND l.document_id = f.document_id AND l."table" = f."table"
        AND l."row" = f."row" AND l."column" = f."column"
    WHERE d.near_to IS NULL AND ($entity IS NULL OR contains(d.entity, $entity))
    GROUP BY d.id, d.document, d.entity, d.year, d.path
)
SELECT document, entity, year, errors, warnings, wrong_units, wrong_by_yuan, worst.message AS first_finding, worst.page AS page,
    worst.claim_or_cell AS claim_or_cell, path, count(*) OVER () AS in_all
FROM told
ORDER BY errors DESC, warnings DESC, document, id
LIMIT 100
