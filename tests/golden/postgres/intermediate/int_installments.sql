-- include/sql/intermediate/int_installments.sql, as postgres reads it; python -m regulars docs
WITH numbered AS (
  SELECT
    ROW_NUMBER() OVER (ORDER BY calendar_date) - 1 AS step
  FROM ref_dates
), final AS (
  SELECT
    CAST(step * 30 AS INT) AS offset_days
  FROM numbered
  WHERE
    step < 122
)
SELECT
  *
FROM final
