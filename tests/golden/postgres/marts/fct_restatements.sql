-- include/sql/marts/fct_restatements.sql, as postgres reads it; python -m regulars docs
WITH final AS (
  SELECT
    business_date,
    store_id,
    component,
    before_minor,
    after_minor,
    CAST(after_minor - before_minor AS BIGINT) AS change_minor,
    currency_code,
    restated_on
  FROM ops_restatements
)
SELECT
  *
FROM final
