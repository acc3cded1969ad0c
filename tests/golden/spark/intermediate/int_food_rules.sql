-- include/sql/intermediate/int_food_rules.sql, as spark reads it; python -m regulars docs
WITH items AS (
  SELECT DISTINCT
    item_id,
    store_id,
    category,
    business_date
  FROM int_line_amounts
  WHERE
    business_date >= :first_date AND business_date <= :last_date
), rules AS (
  SELECT
    item_id,
    store_id,
    category,
    rate_bps,
    business_date
  FROM (
    SELECT
      items.item_id,
      items.store_id,
      items.category,
      stg_cost_rules.rate_bps,
      items.business_date,
      ROW_NUMBER() OVER (
        PARTITION BY items.item_id, items.store_id, items.category, items.business_date
        ORDER BY stg_cost_rules.priority DESC, stg_cost_rules.scope_count DESC, stg_cost_rules.rule_id NULLS LAST
      ) AS _w
    FROM items
    INNER JOIN stg_cost_rules
      ON stg_cost_rules.component = 'food'
      AND stg_cost_rules.basis = 'rate'
      AND items.store_id = COALESCE(stg_cost_rules.store_id, items.store_id)
      AND items.category = COALESCE(stg_cost_rules.category, items.category)
      AND items.business_date >= stg_cost_rules.valid_from
      AND items.business_date <= stg_cost_rules.valid_to
  ) AS _t
  WHERE
    _w = 1
)
SELECT
  *
FROM rules
