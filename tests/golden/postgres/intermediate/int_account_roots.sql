-- include/sql/intermediate/int_account_roots.sql, as postgres reads it; python -m regulars docs
WITH stated AS (
  SELECT
    accounts.account_id,
    accounts.parent_account_id,
    NOT accounts.parent_account_id IS NULL AND parents.account_id IS NULL AS is_parent_unknown,
    COALESCE(parents.account_id, accounts.account_id) AS up_id
  FROM stg_accounts AS accounts
  LEFT JOIN stg_accounts AS parents
    ON accounts.parent_account_id = parents.account_id
), two_up AS (
  SELECT
    stated.account_id,
    above.up_id
  FROM stated
  INNER JOIN stated AS above
    ON stated.up_id = above.account_id
), four_up AS (
  SELECT
    two_up.account_id,
    above.up_id
  FROM two_up
  INNER JOIN two_up AS above
    ON two_up.up_id = above.account_id
), eight_up AS (
  SELECT
    four_up.account_id,
    above.up_id
  FROM four_up
  INNER JOIN four_up AS above
    ON four_up.up_id = above.account_id
), sixteen_up AS (
  SELECT
    eight_up.account_id,
    above.up_id
  FROM eight_up
  INNER JOIN eight_up AS above
    ON eight_up.up_id = above.account_id
), thirty_two_up AS (
  SELECT
    sixteen_up.account_id,
    above.up_id
  FROM sixteen_up
  INNER JOIN sixteen_up AS above
    ON sixteen_up.up_id = above.account_id
), final AS (
  SELECT
    stated.account_id,
    stated.parent_account_id,
    CASE
      WHEN tops.up_id = tops.account_id
      THEN tops.account_id
      ELSE stated.account_id
    END AS root_account_id,
    CASE
      WHEN tops.up_id <> tops.account_id
      THEN 'endless'
      WHEN stated.is_parent_unknown
      THEN 'unknown'
    END AS parent_fault
  FROM stated
  INNER JOIN thirty_two_up
    ON stated.account_id = thirty_two_up.account_id
  INNER JOIN stated AS tops
    ON thirty_two_up.up_id = tops.account_id
)
SELECT
  *
FROM final
