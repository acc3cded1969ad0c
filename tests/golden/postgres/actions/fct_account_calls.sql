-- include/sql/actions/fct_account_calls.sql, as postgres reads it; python -m regulars docs
WITH accounts AS (
  SELECT
    accounts.customer_key,
    accounts.account_id,
    told.account_owner,
    told.payment_terms_days,
    ROW_NUMBER() OVER (PARTITION BY accounts.customer_key ORDER BY accounts.account_id) AS turn
  FROM int_account_customers AS accounts
  LEFT JOIN stg_accounts AS told
    ON accounts.account_id = told.account_id
), final AS (
  SELECT
    chosen.customer_key,
    accounts.account_id,
    accounts.account_owner,
    accounts.payment_terms_days,
    chosen.list_name,
    chosen.action_code,
    chosen.stage,
    chosen.tier,
    chosen.store_id,
    chosen.stake_minor,
    chosen.added_profit_minor,
    chosen.tier_profit_minor,
    CASE
      WHEN chosen.segment IN ('wavering', 'lapsed')
      THEN 'off_rhythm'
      WHEN chosen.list_name = 'reward'
      THEN 'on_rhythm'
      ELSE 'getting_to_know'
    END AS reason_1_code,
    chosen.silent_days,
    chosen.usual_gap_days,
    chosen.visit_count,
    chosen.currency_code,
    chosen.policy_version,
    chosen.business_date
  FROM act_choices AS chosen
  LEFT JOIN accounts
    ON chosen.customer_key = accounts.customer_key AND accounts.turn = 1
  WHERE
    chosen.contact_channel = 'account_owner'
    AND chosen.business_date >= :first_date
    AND chosen.business_date <= :last_date
)
SELECT
  *
FROM final
