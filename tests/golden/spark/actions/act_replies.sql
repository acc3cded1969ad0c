-- include/sql/actions/act_replies.sql, as spark reads it; python -m regulars docs
WITH released AS (
  SELECT
    actions.customer_key,
    actions.action_code,
    actions.business_date,
    COALESCE(people.customer_key, actions.customer_key) AS person_key
  FROM fct_actions AS actions
  INNER JOIN act_released_actions AS free
    ON actions.customer_key = free.customer_key
    AND actions.business_date = free.business_date
  LEFT JOIN ops_identity_map AS people
    ON actions.customer_key = people.node_key
), events AS (
  SELECT
    told.event_id,
    told.event_kind,
    told.action_on,
    told.action_code,
    told.business_date,
    COALESCE(people.customer_key, told.customer_key) AS person_key
  FROM stg_action_events AS told
  LEFT JOIN ops_identity_map AS people
    ON told.customer_key = people.node_key
), placed AS (
  SELECT
    event_kind,
    customer_key,
    business_date
  FROM (
    SELECT
      events.event_kind,
      released.customer_key,
      released.business_date,
      ROW_NUMBER() OVER (
        PARTITION BY events.event_id
        ORDER BY released.business_date DESC, released.customer_key NULLS LAST
      ) AS _w
    FROM events
    INNER JOIN released
      ON events.person_key = released.person_key
      AND COALESCE(events.action_code, released.action_code) = released.action_code
      AND COALESCE(events.action_on, released.business_date) = released.business_date
    WHERE
      released.business_date <= events.business_date
      AND DATEDIFF(DAY, released.business_date, events.business_date) <= :horizon_days
  ) AS _t
  WHERE
    _w = 1
), final AS (
  SELECT
    customer_key,
    COUNT(*) FILTER(WHERE
      event_kind IN ('sent', 'delivered', 'bounced')) > 0 AS is_sent,
    COUNT(*) FILTER(WHERE
      event_kind = 'delivered') > 0 AS is_delivered,
    COUNT(*) FILTER(WHERE
      event_kind = 'redeemed') > 0 AS is_redeemed,
    COUNT(*) FILTER(WHERE
      event_kind = 'bounced') > 0 AS is_bounced,
    COUNT(*) FILTER(WHERE
      event_kind = 'unsubscribed') > 0 AS is_unsubscribed,
    COUNT(*) FILTER(WHERE
      event_kind = 'complained') > 0 AS has_complained,
    business_date
  FROM placed
  GROUP BY
    customer_key,
    business_date
)
SELECT
  *
FROM final
