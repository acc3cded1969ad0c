-- include/sql/staging/stg_exchange_rates.sql, as postgres reads it; python -m regulars docs
WITH dropped AS (
  SELECT
    from_currency,
    to_currency,
    valid_from,
    valid_to,
    rate_nano,
    origin_rank
  FROM (
    SELECT
      from_currency,
      to_currency,
      valid_from,
      valid_to,
      rate_nano,
      1 AS origin_rank,
      ROW_NUMBER() OVER (
        PARTITION BY from_currency, to_currency, valid_from
        ORDER BY COALESCE(revision, 0) DESC NULLS LAST, source_file_sha256, source_row
      ) AS _w
    FROM raw_exchange_rates
  ) AS _t
  WHERE
    _w = 1
), told AS (
  SELECT
    *
  FROM dropped
  UNION ALL
  SELECT
    from_currency,
    to_currency,
    valid_from,
    valid_to,
    rate_nano,
    2
  FROM ref_exchange_rates
), chosen AS (
  SELECT
    from_currency,
    to_currency,
    begins_on,
    valid_to,
    rate_nano
  FROM (
    SELECT
      from_currency,
      to_currency,
      valid_from AS begins_on,
      valid_to,
      rate_nano,
      ROW_NUMBER() OVER (PARTITION BY from_currency, to_currency, valid_from ORDER BY origin_rank) AS _w
    FROM told
  ) AS _t
  WHERE
    _w = 1
), dated AS (
  SELECT
    chosen.*,
    LEAD(begins_on) OVER (PARTITION BY from_currency, to_currency ORDER BY begins_on) AS replaced_on
  FROM chosen
), final AS (
  SELECT
    dated.from_currency,
    dated.to_currency,
    dated.begins_on AS valid_from,
    CAST(LEAST(
      COALESCE(dated.valid_to, CAST('9999-12-31' AS DATE)),
      COALESCE(dated.replaced_on - INTERVAL '1 DAY', CAST('9999-12-31' AS DATE))
    ) AS DATE) AS valid_to,
    CAST(DIV(dated.rate_nano * to_units.unit_count, from_units.unit_count) AS BIGINT) AS minor_rate_nano
  FROM dated
  INNER JOIN ref_currencies AS from_units
    ON dated.from_currency = from_units.currency_code
  INNER JOIN ref_currencies AS to_units
    ON dated.to_currency = to_units.currency_code
)
SELECT
  *
FROM final
