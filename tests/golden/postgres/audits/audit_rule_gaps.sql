-- include/sql/audits/audit_rule_gaps.sql, as postgres reads it; python -m regulars docs
WITH scopes AS (
  SELECT
    component,
    basis,
    store_id,
    channel,
    platform,
    tender,
    category,
    MIN(valid_from) AS first_on,
    MAX(valid_to) AS last_on
  FROM stg_cost_rules
  GROUP BY
    component,
    basis,
    store_id,
    channel,
    platform,
    tender,
    category
), ends AS (
  SELECT DISTINCT
    scopes.*,
    CAST(rules.valid_to + INTERVAL '1 DAY' AS DATE) AS gap_on
  FROM scopes
  INNER JOIN stg_cost_rules AS rules
    ON scopes.component = rules.component
    AND scopes.basis = rules.basis
    AND COALESCE(rules.store_id, scopes.store_id, '') = COALESCE(scopes.store_id, '')
    AND COALESCE(rules.channel, scopes.channel, '') = COALESCE(scopes.channel, '')
    AND COALESCE(rules.platform, scopes.platform, '') = COALESCE(scopes.platform, '')
    AND COALESCE(rules.tender, scopes.tender, '') = COALESCE(scopes.tender, '')
    AND COALESCE(rules.category, scopes.category, '') = COALESCE(scopes.category, '')
  WHERE
    rules.valid_to >= scopes.first_on AND rules.valid_to < scopes.last_on
), failures AS (
  SELECT
    ends.component,
    ends.basis,
    ends.store_id,
    ends.channel,
    ends.platform,
    ends.tender,
    ends.category,
    ends.gap_on
  FROM ends
  LEFT JOIN stg_cost_rules AS rules
    ON ends.component = rules.component
    AND ends.basis = rules.basis
    AND ends.gap_on >= rules.valid_from
    AND ends.gap_on <= rules.valid_to
    AND COALESCE(rules.store_id, ends.store_id, '') = COALESCE(ends.store_id, '')
    AND COALESCE(rules.channel, ends.channel, '') = COALESCE(ends.channel, '')
    AND COALESCE(rules.platform, ends.platform, '') = COALESCE(ends.platform, '')
    AND COALESCE(rules.tender, ends.tender, '') = COALESCE(ends.tender, '')
    AND COALESCE(rules.category, ends.category, '') = COALESCE(ends.category, '')
  WHERE
    rules.rule_id IS NULL
)
SELECT
  *
FROM failures
