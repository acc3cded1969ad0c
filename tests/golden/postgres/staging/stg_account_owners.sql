-- include/sql/staging/stg_account_owners.sql, as postgres reads it; python -m regulars docs
WITH final AS (
  SELECT
    account_id,
    owner_since_on,
    COALESCE(MIN(account_owner), '') AS account_owner
  FROM raw_accounts
  WHERE
    NOT owner_since_on IS NULL
  GROUP BY
    account_id,
    owner_since_on
)
SELECT
  *
FROM final
