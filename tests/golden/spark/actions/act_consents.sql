-- include/sql/actions/act_consents.sql, as spark reads it; python -m regulars docs
WITH channels AS (
  SELECT
    'email' AS contact_channel
  UNION ALL
  SELECT
    'sms'
  UNION ALL
  SELECT
    'wechat'
  UNION ALL
  SELECT
    'push'
  UNION ALL
  SELECT
    'phone'
  UNION ALL
  SELECT
    'ads'
), spoken AS (
  SELECT
    customer_key,
    contact_channel,
    consent_status,
    consented_local_at,
    consent_source,
    source_file_sha256,
    source_row
  FROM stg_consents
  UNION ALL
  SELECT
    events.customer_key,
    channels.contact_channel,
    'denied',
    events.happened_local_at,
    events.event_kind,
    events.source_file_sha256,
    events.source_row
  FROM stg_action_events AS events
  INNER JOIN channels
    ON COALESCE(events.contact_channel, channels.contact_channel) = channels.contact_channel
  WHERE
    events.event_kind IN ('bounced', 'unsubscribed')
), stated AS (
  SELECT
    COALESCE(ops_identity_map.customer_key, spoken.customer_key) AS customer_key,
    contact_channel,
    consent_status,
    consented_local_at,
    consent_source,
    source_file_sha256,
    source_row
  FROM spoken
  LEFT JOIN ops_identity_map
    ON spoken.customer_key = ops_identity_map.node_key
), final AS (
  SELECT
    customer_key,
    contact_channel,
    consent_status,
    consented_local_at,
    consent_source
  FROM (
    SELECT
      customer_key,
      contact_channel,
      consent_status,
      consented_local_at,
      consent_source,
      ROW_NUMBER() OVER (
        PARTITION BY customer_key, contact_channel
        ORDER BY consented_local_at DESC, CASE consent_status WHEN 'granted' THEN 1 ELSE 0 END NULLS LAST, source_file_sha256 NULLS LAST, source_row NULLS LAST
      ) AS _w
    FROM stated
    WHERE
      CAST(consented_local_at AS DATE) <= :business_date
  ) AS _t
  WHERE
    _w = 1
)
SELECT
  *
FROM final
