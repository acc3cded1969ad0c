-- include/sql/actions/act_overrides.sql, as spark reads it; python -m regulars docs
WITH decided AS (
  SELECT
    COALESCE(people.customer_key, told.customer_key) AS customer_key,
    told.override_id,
    told.override_kind,
    told.offer_minor,
    told.decided_on,
    told.valid_to IS NULL OR told.valid_to >= :business_date AS is_in_force,
    COALESCE(DATEDIFF(DAY, told.valid_to, CAST(:business_date AS DATE)) <= :valid_days, FALSE) AS is_recent
  FROM stg_customer_overrides AS told
  LEFT JOIN ops_identity_map AS people
    ON told.customer_key = people.node_key
  WHERE
    told.decided_on <= :business_date
    AND told.override_kind IN ('no_contact', 'hand_offer')
), offers AS (
  SELECT
    customer_key,
    offer_minor
  FROM (
    SELECT
      customer_key,
      offer_minor,
      ROW_NUMBER() OVER (PARTITION BY customer_key ORDER BY decided_on DESC, override_id NULLS LAST) AS _w
    FROM decided
    WHERE
      override_kind = 'hand_offer' AND is_in_force AND offer_minor > 0
  ) AS _t
  WHERE
    _w = 1
), wishes AS (
  SELECT
    customer_key,
    MAX(CASE WHEN override_kind = 'no_contact' AND is_in_force THEN 1 ELSE 0 END) = 1 AS is_suppressed,
    MAX(
      CASE
        WHEN override_kind = 'hand_offer' AND NOT is_in_force AND is_recent
        THEN 1
        ELSE 0
      END
    ) = 1 AS is_offer_expired
  FROM decided
  GROUP BY
    customer_key
), final AS (
  SELECT
    wishes.customer_key,
    is_suppressed,
    is_offer_expired AND offers.offer_minor IS NULL AS is_offer_expired,
    offers.offer_minor AS hand_offer_minor
  FROM wishes
  LEFT JOIN offers
    ON wishes.customer_key = offers.customer_key
)
SELECT
  *
FROM final
