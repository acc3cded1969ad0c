-- include/sql/actions/fct_action_outcomes.sql, as spark reads it; python -m regulars docs
WITH released AS (
  SELECT
    actions.customer_key,
    actions.list_name,
    actions.action_code,
    actions.contact_channel,
    actions.store_id,
    actions.offer_minor,
    actions.currency_code,
    actions.business_date,
    COALESCE(people.customer_key, actions.customer_key) AS person_key
  FROM fct_actions AS actions
  INNER JOIN act_released_actions AS free
    ON actions.customer_key = free.customer_key
    AND actions.business_date = free.business_date
  LEFT JOIN ops_identity_map AS people
    ON actions.customer_key = people.node_key
), seen AS (
  SELECT
    MAX(business_date) AS last_on
  FROM fct_customer_days
), since AS (
  SELECT
    released.customer_key,
    released.business_date,
    MIN(days.business_date) FILTER(WHERE
      days.visit_count > 0) AS returned_on,
    CAST(SUM(days.visit_count) AS BIGINT) AS visit_since_count,
    CAST(SUM(days.cm2_minor) AS BIGINT) AS cm2_since_minor,
    CAST(SUM(days.true_profit_minor) AS BIGINT) AS profit_since_minor
  FROM released
  INNER JOIN fct_customer_days AS days
    ON released.person_key = days.customer_key
    AND released.currency_code = days.currency_code
    AND released.business_date < days.business_date
    AND DATEDIFF(DAY, released.business_date, days.business_date) <= :horizon_days
  GROUP BY
    released.customer_key,
    released.business_date
), final AS (
  SELECT
    released.customer_key,
    list_name,
    action_code,
    contact_channel,
    store_id,
    offer_minor,
    currency_code,
    COALESCE(is_sent, FALSE) AS is_sent,
    COALESCE(is_delivered, FALSE) AS is_delivered,
    COALESCE(is_redeemed, FALSE) AS is_redeemed,
    COALESCE(is_bounced, FALSE) AS is_bounced,
    COALESCE(is_unsubscribed, FALSE) AS is_unsubscribed,
    COALESCE(has_complained, FALSE) AS has_complained,
    NOT returned_on IS NULL AS is_returned,
    returned_on,
    COALESCE(visit_since_count, 0) AS visit_since_count,
    COALESCE(cm2_since_minor, 0) AS cm2_since_minor,
    COALESCE(profit_since_minor, 0) AS profit_since_minor,
    COALESCE(DATEDIFF(DAY, released.business_date, seen.last_on) >= :horizon_days, FALSE) AS is_horizon_over,
    released.business_date
  FROM released
  CROSS JOIN seen
  LEFT JOIN act_replies AS replies
    ON released.customer_key = replies.customer_key
    AND released.business_date = replies.business_date
  LEFT JOIN since
    ON released.customer_key = since.customer_key
    AND released.business_date = since.business_date
)
SELECT
  *
FROM final
