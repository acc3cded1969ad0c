-- include/sql/staging/stg_cost_rules.sql, as postgres reads it; python -m regulars docs
WITH dropped AS (
  SELECT
    rule_id,
    component,
    basis,
    valid_from,
    valid_to,
    rate_bps,
    amount_minor,
    store_id,
    channel,
    platform,
    tender,
    category,
    priority,
    currency_code
  FROM (
    SELECT
      rule_id,
      component,
      basis,
      valid_from,
      valid_to,
      rate_bps,
      amount_minor,
      store_id,
      channel,
      platform,
      tender,
      category,
      priority,
      currency_code,
      ROW_NUMBER() OVER (PARTITION BY rule_id ORDER BY source_file_sha256, source_row) AS _w
    FROM raw_cost_rules
  ) AS _t
  WHERE
    _w = 1
), stated AS (
  SELECT
    rule_id,
    component,
    basis,
    valid_from,
    valid_to,
    rate_bps,
    amount_minor,
    store_id,
    channel,
    platform,
    tender,
    category,
    priority,
    currency_code
  FROM ref_cost_rules
), both_kinds AS (
  SELECT
    *
  FROM dropped
  UNION ALL
  SELECT
    *
  FROM stated
), final AS (
  SELECT
    rule_id,
    component,
    basis,
    valid_from,
    rate_bps,
    amount_minor,
    store_id,
    channel,
    platform,
    tender,
    category,
    currency_code,
    COALESCE(valid_to, CAST('9999-12-31' AS DATE)) AS valid_to,
    COALESCE(priority, 0) AS priority,
    CAST((
      CASE WHEN store_id IS NULL THEN 0 ELSE 1 END
    ) + (
      CASE WHEN channel IS NULL THEN 0 ELSE 1 END
    ) + (
      CASE WHEN platform IS NULL THEN 0 ELSE 1 END
    ) + (
      CASE WHEN tender IS NULL THEN 0 ELSE 1 END
    ) + (
      CASE WHEN category IS NULL THEN 0 ELSE 1 END
    ) AS BIGINT) AS scope_count
  FROM both_kinds
)
SELECT
  *
FROM final
