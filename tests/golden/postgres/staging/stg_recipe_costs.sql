-- include/sql/staging/stg_recipe_costs.sql, as postgres reads it; python -m regulars docs
WITH newest AS (
  SELECT
    item_id,
    unit_cost_micro,
    valid_from,
    valid_to,
    store_id,
    currency_code,
    source_system,
    source_file_sha256,
    source_row
  FROM (
    SELECT
      item_id,
      unit_cost_micro,
      valid_from,
      valid_to,
      store_id,
      currency_code,
      source_system,
      source_file_sha256,
      source_row,
      ROW_NUMBER() OVER (
        PARTITION BY item_id, COALESCE(store_id, ''), valid_from, COALESCE(currency_code, '')
        ORDER BY source_file_sha256, source_row
      ) AS _w
    FROM raw_recipe_costs
  ) AS _t
  WHERE
    _w = 1
)
SELECT
  *
FROM newest
