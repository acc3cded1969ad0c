-- include/sql/snapshots/snap_customer_segments.sql, as spark reads it; python -m regulars docs
WITH judged AS (
  SELECT
    *,
    visit_count >= :min_visits AS is_proven,
    visit_count <= :prospect_visits AND age_days <= :prospect_days AS is_newcomer,
    tier_profit_minor * 10000 + :reachable_bps * potential_minor <= 0 AS is_potential_low,
    value_minor > 0 AND overdue_ratio >= :slowing_ratio AS is_slowing,
    value_minor > 0 AND is_spend_falling AS is_spending_less,
    COALESCE(DATEDIFF(DAY, big_since_on, snapshot_date) >= :loyal_days, FALSE)
    AND active_month_count >= :loyal_months AS is_sustained
  FROM snap_customer_situations
  WHERE
    snapshot_date >= :first_date AND snapshot_date <= :last_date
), segmented AS (
  SELECT
    *,
    CASE
      WHEN is_profiling_opt_out
      THEN 'not_profiled'
      WHEN visit_count = 0
      THEN 'prospect'
      WHEN is_newcomer AND is_screened_in
      THEN 'prospect'
      WHEN NOT is_proven
      THEN 'unproven'
      WHEN visit_count >= :loss_visits
      AND age_days >= :loss_age_days
      AND is_loss_making
      AND is_potential_low
      AND loss_review_count >= :loss_reviews
      AND NOT has_open_complaint
      THEN 'loss_maker'
      WHEN overdue_ratio >= :lapsed_ratio
      THEN 'lapsed'
      WHEN is_slowing OR is_spending_less
      THEN 'wavering'
      WHEN overdue_ratio < :slowing_ratio AND is_sustained
      THEN 'loyal'
      ELSE 'steady'
    END AS segment,
    value_minor > 0 OR (
      visit_profit_high_minor > 0 AND curve_profit_minor > 0
    ) AS is_worth_winning_back,
    potential_minor >= :headroom_minor AND NOT is_specials_only AS has_headroom
  FROM judged
), final AS (
  SELECT
    customer_key,
    segment,
    CASE
      WHEN segment = 'loyal'
      THEN 'reward'
      WHEN segment = 'wavering'
      THEN 'incentivise'
      WHEN segment = 'prospect'
      THEN 'activate'
      WHEN segment = 'lapsed' AND is_worth_winning_back
      THEN 'activate'
      WHEN segment = 'steady' AND has_headroom
      THEN 'activate'
      WHEN segment = 'loss_maker'
      THEN 'deprioritise'
    END AS list_name,
    is_proven,
    is_newcomer,
    is_potential_low,
    is_sustained,
    is_slowing,
    is_spending_less,
    has_headroom,
    snapshot_date
  FROM segmented
)
SELECT
  *
FROM final
