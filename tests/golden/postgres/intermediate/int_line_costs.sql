-- include/sql/intermediate/int_line_costs.sql, as postgres reads it; python -m regulars docs
WITH costed AS (
  SELECT
    int_line_shares.*,
    int_item_costs.cost_source,
    CASE
      WHEN NOT int_line_shares.is_made
      THEN 0
      WHEN int_item_costs.cost_source = 'recipe'
      THEN CAST(CAST(DIV(
        (
          int_line_shares.quantity_milli * int_item_costs.unit_cost_micro + 500000000
        ),
        1000000000
      ) AS BIGINT) AS BIGINT)
      WHEN int_item_costs.cost_source = 'rule'
      THEN CAST(SIGN(int_line_shares.list_minor) AS BIGINT) * CAST(CAST(DIV((
        ABS(int_line_shares.list_minor) * int_item_costs.food_rate_bps + 5000
      ), 10000) AS BIGINT) AS BIGINT)
      ELSE 0
    END AS made_minor
  FROM int_line_shares
  LEFT JOIN int_item_costs
    ON int_line_shares.item_id = int_item_costs.item_id
    AND int_line_shares.store_id = int_item_costs.store_id
    AND int_line_shares.category = int_item_costs.category
    AND int_line_shares.business_date = int_item_costs.business_date
  WHERE
    int_line_shares.business_date >= :first_date
    AND int_line_shares.business_date <= :last_date
), final AS (
  SELECT
    order_key,
    line_no,
    store_id,
    customer_key,
    item_id,
    category,
    quantity_milli,
    gross_minor,
    line_discount_minor,
    order_discount_minor,
    line_discount_minor + order_discount_minor AS discount_minor,
    comp_minor,
    refund_minor,
    CASE WHEN is_remake THEN 0 ELSE made_minor END AS food_cost_minor,
    CASE WHEN is_remake THEN made_minor ELSE 0 END AS remake_cost_minor,
    CASE WHEN is_made THEN cost_source END AS cost_source,
    is_counted,
    is_without_lines OR (
      is_made AND cost_source = 'missing'
    ) AS is_cost_missing,
    liability_minor,
    weight,
    weight_before,
    total_weight,
    currency_code,
    business_date
  FROM costed
)
SELECT
  *
FROM final
