-- include/sql/staging/stg_order_identifiers.sql, as postgres reads it; python -m regulars docs
WITH stated AS (
  SELECT
    store_id || ':' || order_id AS order_key,
    identifier_type,
    identifier_hash,
    CASE identifier_type
      WHEN 'member_no'
      THEN 1
      WHEN 'phone'
      THEN 2
      WHEN 'wechat_unionid'
      THEN 3
      WHEN 'wechat_openid'
      THEN 4
      WHEN 'wecom_external_userid'
      THEN 5
      WHEN 'email'
      THEN 6
      WHEN 'platform_user'
      THEN 7
      WHEN 'external_id'
      THEN 8
      WHEN 'card_token'
      THEN 9
      ELSE 10
    END AS strength_rank,
    identifier_type <> 'card_suffix' AS is_linkable,
    source_system,
    source_file_sha256,
    source_row
  FROM raw_order_identifiers
  WHERE
    NOT identifier_hash IS NULL
)
SELECT
  *
FROM stated
