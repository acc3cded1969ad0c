-- include/sql/audits/audit_rule_overlaps.sql, as postgres reads it; python -m regulars docs
WITH failures AS (
  SELECT
    rules.rule_id,
    others.rule_id AS other_rule_id,
    GREATEST(rules.valid_from, others.valid_from) AS overlaps_on
  FROM stg_cost_rules AS rules
  INNER JOIN stg_cost_rules AS others
    ON rules.component = others.component
    AND rules.basis = others.basis
    AND rules.priority = others.priority
    AND rules.rule_id < others.rule_id
    AND rules.valid_from <= others.valid_to
    AND others.valid_from <= rules.valid_to
    AND COALESCE(rules.store_id, '') = COALESCE(others.store_id, '')
    AND COALESCE(rules.channel, '') = COALESCE(others.channel, '')
    AND COALESCE(rules.platform, '') = COALESCE(others.platform, '')
    AND COALESCE(rules.tender, '') = COALESCE(others.tender, '')
    AND COALESCE(rules.category, '') = COALESCE(others.category, '')
)
SELECT
  *
FROM failures
