-- include/sql/actions/act_contacts.sql, as postgres reads it; python -m regulars docs
WITH ranked AS (
  SELECT
    customer_key,
    contact_channel,
    CASE contact_channel
      WHEN 'wechat'
      THEN 1
      WHEN 'push'
      THEN 2
      WHEN 'sms'
      THEN 3
      WHEN 'email'
      THEN 4
      ELSE 5
    END AS channel_rank
  FROM act_consents
  WHERE
    consent_status = 'granted' AND contact_channel <> 'ads'
), final AS (
  SELECT
    customer_key,
    contact_channel
  FROM (
    SELECT
      customer_key,
      contact_channel,
      ROW_NUMBER() OVER (PARTITION BY customer_key ORDER BY channel_rank) AS _w
    FROM ranked
  ) AS _t
  WHERE
    _w = 1
)
SELECT
  *
FROM final
