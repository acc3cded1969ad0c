-- include/sql/intermediate/int_item_costs.sql, as spark reads it; python -m regulars docs
WITH items AS (
  SELECT DISTINCT
    item_id,
    store_id,
    category,
    currency_code,
    business_date
  FROM int_line_amounts
  WHERE
    business_date >= :first_date AND business_date <= :last_date
), recipes AS (
  SELECT
    item_id,
    store_id,
    category,
    business_date,
    unit_cost_micro
  FROM (
    SELECT
      items.item_id,
      items.store_id,
      items.category,
      items.business_date,
      stg_recipe_costs.unit_cost_micro,
      ROW_NUMBER() OVER (
        PARTITION BY items.item_id, items.store_id, items.category, items.business_date
        ORDER BY CASE WHEN stg_recipe_costs.store_id IS NULL THEN 1 ELSE 0 END NULLS LAST, stg_recipe_costs.valid_from DESC, stg_recipe_costs.source_file_sha256 NULLS LAST, stg_recipe_costs.source_row NULLS LAST
      ) AS _w
    FROM items
    INNER JOIN stg_recipe_costs
      ON items.item_id = stg_recipe_costs.item_id
      AND items.store_id = COALESCE(stg_recipe_costs.store_id, items.store_id)
      AND items.currency_code = stg_recipe_costs.currency_code
      AND items.business_date >= stg_recipe_costs.valid_from
      AND items.business_date <= COALESCE(stg_recipe_costs.valid_to, CAST('9999-12-31' AS DATE))
  ) AS _t
  WHERE
    _w = 1
), priced AS (
  SELECT
    items.item_id,
    items.store_id,
    items.category,
    recipes.unit_cost_micro,
    int_food_rules.rate_bps AS food_rate_bps,
    CASE
      WHEN NOT recipes.unit_cost_micro IS NULL
      THEN 'recipe'
      WHEN NOT int_food_rules.rate_bps IS NULL
      THEN 'rule'
      ELSE 'missing'
    END AS cost_source,
    items.business_date
  FROM items
  LEFT JOIN recipes
    ON items.item_id = recipes.item_id
    AND items.store_id = recipes.store_id
    AND items.category = recipes.category
    AND items.business_date = recipes.business_date
  LEFT JOIN int_food_rules
    ON items.item_id = int_food_rules.item_id
    AND items.store_id = int_food_rules.store_id
    AND items.category = int_food_rules.category
    AND items.business_date = int_food_rules.business_date
)
SELECT
  *
FROM priced
