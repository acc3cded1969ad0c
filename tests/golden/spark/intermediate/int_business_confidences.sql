-- include/sql/intermediate/int_business_confidences.sql, as spark reads it; python -m regulars docs
WITH weighed AS (
  SELECT
    customer_key,
    snapshot_date,
    CASE WHEN has_account_sign THEN :account_sign_bps ELSE 0 END AS account_bps,
    CASE WHEN is_billed THEN :invoice_sign_bps ELSE 0 END AS invoice_bps,
    CASE WHEN is_company_email THEN :company_email_sign_bps ELSE 0 END AS company_email_bps,
    CASE WHEN has_catering_sign THEN :catering_sign_bps ELSE 0 END AS catering_bps,
    CASE WHEN has_lunch_sign THEN :weekday_lunch_sign_bps ELSE 0 END AS weekday_lunch_bps,
    CASE WHEN has_party_sign THEN :party_sign_bps ELSE 0 END AS party_bps,
    CASE WHEN has_lead_time_sign THEN :lead_time_sign_bps ELSE 0 END AS lead_time_bps
  FROM int_business_evidence
  WHERE
    snapshot_date >= :first_date AND snapshot_date <= :last_date
), doubted AS (
  SELECT
    *,
    (
      (
        (
          (
            (
              (
                (
                  CAST(1000000000000 AS BIGINT) * (
                    10000 - account_bps
                  )
                ) DIV 10000 * (
                  10000 - invoice_bps
                )
              ) DIV 10000 * (
                10000 - company_email_bps
              )
            ) DIV 10000 * (
              10000 - catering_bps
            )
          ) DIV 10000 * (
            10000 - weekday_lunch_bps
          )
        ) DIV 10000 * (
          10000 - party_bps
        )
      ) DIV 10000 * (
        10000 - lead_time_bps
      )
    ) DIV 10000 AS doubt_pico
  FROM weighed
), signs AS (
  SELECT
    customer_key,
    snapshot_date,
    'account' AS sign_id,
    account_bps AS weight_bps
  FROM weighed
  UNION ALL
  SELECT
    customer_key,
    snapshot_date,
    'invoice' AS sign_id,
    invoice_bps AS weight_bps
  FROM weighed
  UNION ALL
  SELECT
    customer_key,
    snapshot_date,
    'company_email' AS sign_id,
    company_email_bps AS weight_bps
  FROM weighed
  UNION ALL
  SELECT
    customer_key,
    snapshot_date,
    'catering' AS sign_id,
    catering_bps AS weight_bps
  FROM weighed
  UNION ALL
  SELECT
    customer_key,
    snapshot_date,
    'weekday_lunch' AS sign_id,
    weekday_lunch_bps AS weight_bps
  FROM weighed
  UNION ALL
  SELECT
    customer_key,
    snapshot_date,
    'party' AS sign_id,
    party_bps AS weight_bps
  FROM weighed
  UNION ALL
  SELECT
    customer_key,
    snapshot_date,
    'lead_time' AS sign_id,
    lead_time_bps AS weight_bps
  FROM weighed
), ranked AS (
  SELECT
    customer_key,
    snapshot_date,
    sign_id,
    ROW_NUMBER() OVER (
      PARTITION BY customer_key, snapshot_date
      ORDER BY weight_bps DESC, sign_id NULLS LAST
    ) AS sign_rank
  FROM signs
  WHERE
    weight_bps > 0
), strongest AS (
  SELECT
    customer_key,
    snapshot_date,
    LISTAGG(sign_id, '+') WITHIN GROUP (ORDER BY
      sign_rank NULLS LAST) AS business_signs
  FROM ranked
  WHERE
    sign_rank <= 3
  GROUP BY
    customer_key,
    snapshot_date
), final AS (
  SELECT
    doubted.customer_key,
    CAST(1000000000000 - doubted.doubt_pico AS BIGINT) AS confidence_pico,
    strongest.business_signs,
    doubted.snapshot_date
  FROM doubted
  LEFT JOIN strongest
    ON doubted.customer_key = strongest.customer_key
    AND doubted.snapshot_date = strongest.snapshot_date
)
SELECT
  *
FROM final
