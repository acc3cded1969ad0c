-- include/sql/audits/audit_components_conserved.sql, as spark reads it; python -m regulars docs
WITH entries AS (
  SELECT
    business_date,
    currency_code,
    gross_minor,
    discount_minor,
    comp_minor,
    refund_minor,
    fee_income_minor,
    food_cost_minor,
    packaging_cost_minor,
    channel_cost_minor,
    payment_fee_minor,
    incentive_cost_minor,
    contact_cost_minor,
    service_cost_minor,
    complaint_cost_minor,
    acquisition_cost_minor,
    credit_cost_minor,
    true_profit_minor
  FROM fct_orders
  WHERE
    NOT customer_key IS NULL
  UNION ALL
  SELECT
    business_date,
    currency_code,
    0,
    0,
    0,
    0,
    0,
    0,
    0,
    0,
    0,
    incentive_cost_minor,
    contact_cost_minor,
    0,
    0,
    acquisition_cost_minor,
    credit_cost_minor,
    -incentive_cost_minor - contact_cost_minor - acquisition_cost_minor - credit_cost_minor
  FROM int_charge_days
  UNION ALL
  SELECT
    business_date,
    currency_code,
    -gross_minor,
    -discount_minor,
    -comp_minor,
    -refund_minor,
    -fee_income_minor,
    -food_cost_minor,
    -packaging_cost_minor,
    -channel_cost_minor,
    -payment_fee_minor,
    -incentive_cost_minor,
    -contact_cost_minor,
    -service_cost_minor,
    -complaint_cost_minor,
    -acquisition_cost_minor,
    -credit_cost_minor,
    -true_profit_minor
  FROM fct_customer_days
), summed AS (
  SELECT
    entries.business_date,
    entries.currency_code,
    CAST(SUM(gross_minor) AS BIGINT) AS gross_minor,
    CAST(SUM(discount_minor) AS BIGINT) AS discount_minor,
    CAST(SUM(comp_minor) AS BIGINT) AS comp_minor,
    CAST(SUM(refund_minor) AS BIGINT) AS refund_minor,
    CAST(SUM(fee_income_minor) AS BIGINT) AS fee_income_minor,
    CAST(SUM(food_cost_minor) AS BIGINT) AS food_cost_minor,
    CAST(SUM(packaging_cost_minor) AS BIGINT) AS packaging_cost_minor,
    CAST(SUM(channel_cost_minor) AS BIGINT) AS channel_cost_minor,
    CAST(SUM(payment_fee_minor) AS BIGINT) AS payment_fee_minor,
    CAST(SUM(incentive_cost_minor) AS BIGINT) AS incentive_cost_minor,
    CAST(SUM(contact_cost_minor) AS BIGINT) AS contact_cost_minor,
    CAST(SUM(service_cost_minor) AS BIGINT) AS service_cost_minor,
    CAST(SUM(complaint_cost_minor) AS BIGINT) AS complaint_cost_minor,
    CAST(SUM(acquisition_cost_minor) AS BIGINT) AS acquisition_cost_minor,
    CAST(SUM(credit_cost_minor) AS BIGINT) AS credit_cost_minor,
    CAST(SUM(true_profit_minor) AS BIGINT) AS true_profit_minor
  FROM entries
  INNER JOIN int_audited_days
    ON entries.business_date = int_audited_days.business_date
  GROUP BY
    entries.business_date,
    entries.currency_code
), failures AS (
  SELECT
    business_date,
    currency_code,
    true_profit_minor
  FROM summed
  WHERE
    gross_minor <> 0
    OR discount_minor <> 0
    OR comp_minor <> 0
    OR refund_minor <> 0
    OR fee_income_minor <> 0
    OR food_cost_minor <> 0
    OR packaging_cost_minor <> 0
    OR channel_cost_minor <> 0
    OR payment_fee_minor <> 0
    OR incentive_cost_minor <> 0
    OR contact_cost_minor <> 0
    OR service_cost_minor <> 0
    OR complaint_cost_minor <> 0
    OR acquisition_cost_minor <> 0
    OR credit_cost_minor <> 0
    OR true_profit_minor <> 0
)
SELECT
  *
FROM failures
