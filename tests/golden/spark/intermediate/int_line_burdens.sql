-- include/sql/intermediate/int_line_burdens.sql, as spark reads it; python -m regulars docs
WITH shared AS (
  SELECT
    int_line_costs.order_key,
    int_line_costs.line_no,
    int_line_costs.weight,
    int_line_costs.weight_before,
    int_line_costs.total_weight,
    int_order_costs.fee_income_minor,
    int_order_costs.packaging_cost_minor,
    int_order_costs.channel_cost_minor,
    int_order_costs.payment_fee_minor,
    int_order_costs.incentive_cost_minor,
    int_order_costs.service_cost_minor,
    int_order_costs.compensation_minor,
    int_line_costs.business_date
  FROM int_line_costs
  INNER JOIN int_order_costs
    ON int_line_costs.order_key = int_order_costs.order_key
  WHERE
    int_line_costs.business_date >= :first_date
    AND int_line_costs.business_date <= :last_date
), final AS (
  SELECT
    order_key,
    line_no,
    CAST(SIGN(fee_income_minor) AS BIGINT) * (
      CAST(ABS(fee_income_minor) * (
        weight_before + weight
      ) DIV total_weight AS BIGINT) - CAST(ABS(fee_income_minor) * weight_before DIV total_weight AS BIGINT)
    ) AS fee_income_minor,
    CAST(SIGN(packaging_cost_minor) AS BIGINT) * (
      CAST(ABS(packaging_cost_minor) * (
        weight_before + weight
      ) DIV total_weight AS BIGINT) - CAST(ABS(packaging_cost_minor) * weight_before DIV total_weight AS BIGINT)
    ) AS packaging_cost_minor,
    CAST(SIGN(channel_cost_minor) AS BIGINT) * (
      CAST(ABS(channel_cost_minor) * (
        weight_before + weight
      ) DIV total_weight AS BIGINT) - CAST(ABS(channel_cost_minor) * weight_before DIV total_weight AS BIGINT)
    ) AS channel_cost_minor,
    CAST(SIGN(payment_fee_minor) AS BIGINT) * (
      CAST(ABS(payment_fee_minor) * (
        weight_before + weight
      ) DIV total_weight AS BIGINT) - CAST(ABS(payment_fee_minor) * weight_before DIV total_weight AS BIGINT)
    ) AS payment_fee_minor,
    CAST(SIGN(incentive_cost_minor) AS BIGINT) * (
      CAST(ABS(incentive_cost_minor) * (
        weight_before + weight
      ) DIV total_weight AS BIGINT) - CAST(ABS(incentive_cost_minor) * weight_before DIV total_weight AS BIGINT)
    ) AS incentive_cost_minor,
    CAST(SIGN(service_cost_minor) AS BIGINT) * (
      CAST(ABS(service_cost_minor) * (
        weight_before + weight
      ) DIV total_weight AS BIGINT) - CAST(ABS(service_cost_minor) * weight_before DIV total_weight AS BIGINT)
    ) AS service_cost_minor,
    CAST(SIGN(compensation_minor) AS BIGINT) * (
      CAST(ABS(compensation_minor) * (
        weight_before + weight
      ) DIV total_weight AS BIGINT) - CAST(ABS(compensation_minor) * weight_before DIV total_weight AS BIGINT)
    ) AS compensation_minor,
    business_date
  FROM shared
)
SELECT
  *
FROM final
