-- include/sql/marts/dim_stores.sql, as postgres reads it; python -m regulars docs
WITH final AS (
  SELECT
    store_id,
    store_name,
    brand,
    city,
    store_type,
    time_zone,
    cutoff,
    currency_code
  FROM ref_stores
)
SELECT
  *
FROM final
