-- zh: 增长最快 | 哪些数比上年增长一倍以上，正文和表格都在内；in_all 为一共有多少
-- en: fastest growth | the numbers that more than doubled, of the narrative and of tables; in_all is how many there are
WITH grown AS (
    SELECT c.document_id, d.entity, c.scope.level AS level, c.period, c.metric, concat(c.value, c.unit) AS growth, c.base_value AS times, c.baseline,
        c.verification, c.sentence, c.document, c.page, c.id AS claim_or_cell, c.start
    FROM claims AS c JOIN documents AS d ON d.id = c.document_id
    WHERE c.kind = 'change_rate' AND c.direction = 'increase' AND c.base_value > 1 AND c.base_unit IN ('1', '倍')
        AND c."table" IS NULL AND d.near_to IS NULL
    UNION ALL
    SELECT c.document_id, d.entity, c.scope.level, c.period, c.row_label, concat(c.value, c.unit), c.base_value, c.column_label, NULL, NULL,
        c.document, c.page, pointer(NULL, c."table", c."row", c."column"), c.start
    FROM cells AS c JOIN documents AS d ON d.id = c.document_id
    WHERE c.base_unit IN ('1', '倍') AND c.base_value > 1 AND c.row_label <> '' AND d.near_to IS NULL AND (c.kind = 'change_rate'
        OR c.kind IS NULL AND regexp_matches(c.column_label, '增长|增幅|增速|增减')
            AND NOT regexp_matches(c.column_label, '占|完成|为|贡献'))
)
SELECT entity, level, period, metric, growth, times, baseline, verification, document, page, claim_or_cell, sentence,
    count(*) OVER () AS in_all
FROM grown
WHERE $entity IS NULL OR contains(entity, $entity)
ORDER BY times DESC, document_id, start
LIMIT 200
