-- include/sql/intermediate/int_orphan_adjustments.sql, as postgres reads it; python -m regulars docs
WITH final AS (
  SELECT
    stg_adjustments.adjustment_id,
    stg_adjustments.store_id,
    stg_adjustments.adjustment_type,
    NOT stg_adjustments.adjustment_type IN ('compensation', 'error_charge') AS is_of_sales,
    stg_adjustments.amount_minor,
    stg_adjustments.currency_code,
    stg_adjustments.business_date
  FROM stg_adjustments
  LEFT JOIN int_orders
    ON stg_adjustments.order_key = int_orders.order_key
  WHERE
    int_orders.order_key IS NULL
    AND stg_adjustments.funded_by = 'merchant'
    AND stg_adjustments.business_date >= :first_date
    AND stg_adjustments.business_date <= :last_date
)
SELECT
  *
FROM final
