-- include/sql/snapshots/snap_customer_stages.sql, as spark reads it; python -m regulars docs
WITH known AS (
  SELECT
    kinds.customer_key,
    kinds.snapshot_date,
    COALESCE(scores.visit_count, 0) AS visit_count,
    COALESCE(scores.age_days, 0) AS age_days,
    COALESCE(scores.overdue_ratio, 0) AS overdue_ratio,
    reviews.big_since_on
  FROM int_customer_kinds AS kinds
  LEFT JOIN snap_customer_scores AS scores
    ON kinds.customer_key = scores.customer_key
    AND kinds.snapshot_date = scores.snapshot_date
  LEFT JOIN ops_tier_reviews AS reviews
    ON kinds.customer_key = reviews.customer_key
    AND kinds.snapshot_date = reviews.snapshot_date
  WHERE
    kinds.snapshot_date >= :first_date AND kinds.snapshot_date <= :last_date
), owned AS (
  SELECT
    known.customer_key,
    known.snapshot_date,
    MAX(owners.owner_since_on) AS owner_since_on
  FROM stg_account_owners AS owners
  INNER JOIN int_account_customers AS accounts
    ON owners.account_id = accounts.account_id
  INNER JOIN known
    ON accounts.customer_key = known.customer_key
    AND owners.owner_since_on <= known.snapshot_date
  GROUP BY
    known.customer_key,
    known.snapshot_date
), taken_over AS (
  SELECT
    owned.customer_key,
    owned.snapshot_date,
    owned.owner_since_on,
    COALESCE(
      SUM(days.visit_count) FILTER(WHERE
        days.business_date >= owned.owner_since_on),
      0
    ) AS visit_count
  FROM owned
  INNER JOIN fct_customer_days AS days
    ON owned.customer_key = days.customer_key
    AND days.business_date <= owned.snapshot_date
  GROUP BY
    owned.customer_key,
    owned.snapshot_date,
    owned.owner_since_on
  HAVING
    MIN(CASE WHEN days.visit_count > 0 THEN days.business_date END) < owned.owner_since_on
), judged AS (
  SELECT
    known.*,
    taken_over.owner_since_on,
    CASE
      WHEN known.visit_count <= :establish_visits
      THEN 'few_visits'
      WHEN known.age_days <= :establish_days
      THEN 'young'
      WHEN known.overdue_ratio >= :restart_ratio
      THEN 'overdue'
      WHEN taken_over.visit_count <= :establish_visits
      OR DATEDIFF(DAY, taken_over.owner_since_on, known.snapshot_date) + 1 <= :establish_days
      THEN 'new_owner'
      WHEN DATEDIFF(DAY, known.big_since_on, known.snapshot_date) >= :strengthen_days
      THEN 'long_big'
      ELSE 'settled'
    END AS stage_reason_code
  FROM known
  LEFT JOIN taken_over
    ON known.customer_key = taken_over.customer_key
    AND known.snapshot_date = taken_over.snapshot_date
), final AS (
  SELECT
    customer_key,
    CASE stage_reason_code
      WHEN 'long_big'
      THEN 'strengthen'
      WHEN 'settled'
      THEN 'stabilise'
      ELSE 'establish'
    END AS stage,
    stage_reason_code,
    owner_since_on,
    big_since_on,
    snapshot_date
  FROM judged
)
SELECT
  *
FROM final
