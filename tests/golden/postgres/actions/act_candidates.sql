-- include/sql/actions/act_candidates.sql, as postgres reads it; python -m regulars docs
WITH listed AS (
  SELECT
    *
  FROM act_listed
), sharing AS (
  SELECT
    listed.customer_key,
    ROW_NUMBER() OVER (
      PARTITION BY act_addresses.address_hash
      ORDER BY listed.stake_minor DESC NULLS LAST, listed.customer_key
    ) AS turn
  FROM listed
  INNER JOIN act_addresses
    ON listed.customer_key = act_addresses.customer_key
  WHERE
    listed.wish_or_rule IS NULL AND listed.list_name <> 'deprioritise'
), repeated AS (
  SELECT DISTINCT
    customer_key
  FROM sharing
  WHERE
    turn > 1
), experiment AS (
  SELECT
    COALESCE(MIN(seed), :experiment_id) AS seed,
    COALESCE(MIN(threshold), :holdout_threshold) AS threshold
  FROM ops_experiments
  WHERE
    experiment_id = :experiment_id
), members AS (
  SELECT
    customer_key,
    customer_key AS node_key
  FROM listed
  UNION
  SELECT
    members.customer_key,
    members.node_key
  FROM ops_identity_map AS members
  LEFT JOIN raw_identifier_aliases AS aliases
    ON members.node_key = aliases.node_key
  WHERE
    STARTS_WITH(members.node_key, 'c_') AND aliases.node_key IS NULL
), drawn AS (
  SELECT
    members.customer_key,
    MIN(
      ENCODE(SHA256(CONVERT_TO(experiment.seed || '|' || members.node_key, 'UTF8')), 'hex')
    ) < MIN(experiment.threshold) AS is_held_out,
    MIN(
      ENCODE(
        SHA256(CONVERT_TO(experiment.seed || '|shadow|' || members.node_key, 'UTF8')),
        'hex'
      )
    ) < :shadow_threshold AS is_shadow
  FROM members
  CROSS JOIN experiment
  GROUP BY
    members.customer_key
), final AS (
  SELECT
    listed.*,
    drawn.is_held_out,
    drawn.is_shadow AND listed.list_name = 'deprioritise' AS is_shadow,
    COALESCE(
      listed.wish_or_rule,
      CASE WHEN NOT repeated.customer_key IS NULL THEN 'duplicate_contact' END
    ) AS guardrail
  FROM listed
  INNER JOIN drawn
    ON listed.customer_key = drawn.customer_key
  LEFT JOIN repeated
    ON listed.customer_key = repeated.customer_key
)
SELECT
  *
FROM final
