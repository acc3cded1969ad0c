-- include/sql/marts/fct_relationship_values.sql, as postgres reads it; python -m regulars docs
WITH final AS (
  SELECT
    state_kind,
    customer_kind,
    state,
    customer_month_count,
    month_profit_minor,
    relationship_value_minor,
    CAST(:yearly_discount AS DOUBLE PRECISION) AS yearly_discount_ratio,
    CAST(:group_currency AS TEXT) AS currency_code
  FROM ops_relationship_values
)
SELECT
  *
FROM final
