-- include/sql/actions/act_listed.sql, as postgres reads it; python -m regulars docs
WITH listed AS (
  SELECT
    tiers.*,
    COALESCE(known.is_profiling_opt_out, FALSE) AS is_profiling_opt_out
  FROM snap_customer_tiers AS tiers
  LEFT JOIN int_customers AS known
    ON tiers.customer_key = known.customer_key
  WHERE
    tiers.snapshot_date = :business_date AND NOT tiers.list_name IS NULL
), memory AS (
  SELECT
    customer_key,
    gap_contact_count,
    month_contact_count,
    month_spent_minor,
    lever_since_on,
    lever_until_on
  FROM ops_contact_memory
), reached AS (
  SELECT
    listed.*,
    CASE
      WHEN list_name = 'deprioritise'
      THEN 'internal'
      WHEN customer_kind = 'business'
      THEN 'account_owner'
      WHEN NOT act_contacts.contact_channel IS NULL
      THEN act_contacts.contact_channel
      WHEN :has_platform_audience
      THEN 'platform_audience'
      WHEN list_name = 'reward'
      THEN 'at_next_visit'
    END AS contact_channel,
    COALESCE(overrides.is_suppressed, FALSE) AS is_suppressed,
    COALESCE(overrides.is_offer_expired, FALSE) AS is_offer_expired,
    overrides.hand_offer_minor,
    COALESCE(memory.gap_contact_count, 0) AS gap_contact_count,
    COALESCE(memory.month_contact_count, 0) AS month_contact_count,
    COALESCE(memory.month_spent_minor, 0) AS month_spent_minor,
    memory.lever_since_on,
    memory.lever_until_on
  FROM listed
  LEFT JOIN act_contacts
    ON listed.customer_key = act_contacts.customer_key
  LEFT JOIN act_overrides AS overrides
    ON listed.customer_key = overrides.customer_key
  LEFT JOIN memory
    ON listed.customer_key = memory.customer_key
), final AS (
  SELECT
    customer_key,
    customer_kind,
    tier,
    segment,
    stage,
    list_name,
    store_id,
    visit_count,
    age_days,
    silent_days,
    expected_gap_days,
    overdue_ratio,
    tier_profit_minor,
    potential_minor,
    discounted_order_count,
    order_count,
    is_specials_only,
    contact_channel,
    hand_offer_minor,
    is_offer_expired,
    month_spent_minor,
    lever_since_on,
    lever_until_on,
    currency_code,
    snapshot_date,
    CASE list_name
      WHEN 'reward'
      THEN GREATEST(expected_value_minor, 0)
      WHEN 'incentivise'
      THEN CAST(FLOOR(value_minor * (
        1 - active_ratio
      )) AS BIGINT)
      WHEN 'activate'
      THEN GREATEST(potential_minor, value_minor, 0)
      ELSE -curve_profit_minor
    END AS stake_minor,
    CASE
      WHEN is_profiling_opt_out
      THEN 'profiling_opt_out'
      WHEN store_id IS NULL
      THEN 'no_store'
      WHEN is_staff
      THEN 'staff'
      WHEN has_open_complaint
      THEN 'open_complaint'
      WHEN is_suppressed AND list_name <> 'deprioritise'
      THEN 'suppression'
      WHEN contact_channel IS NULL
      THEN 'consent'
      WHEN list_name <> 'deprioritise'
      AND (
        gap_contact_count > 0 OR month_contact_count >= :contact_month_cap
      )
      THEN 'contact_cap'
    END AS wish_or_rule
  FROM reached
)
SELECT
  *
FROM final
