-- include/sql/snapshots/snap_judgement_rules.sql, as postgres reads it; python -m regulars docs
WITH final AS (
  SELECT
    CAST(:policy_version AS TEXT) AS policy_version,
    CAST(:min_visits AS BIGINT) AS min_visits,
    CAST(:prospect_visits AS BIGINT) AS prospect_visits,
    CAST(:prospect_days AS BIGINT) AS prospect_days,
    CAST(:loss_visits AS BIGINT) AS loss_visits,
    CAST(:loss_age_days AS BIGINT) AS loss_age_days,
    CAST(:loss_reviews AS BIGINT) AS loss_reviews,
    CAST(:reachable_bps AS BIGINT) AS reachable_bps,
    CAST(:slowing_ratio AS DOUBLE PRECISION) AS slowing_ratio,
    CAST(:lapsing_ratio AS DOUBLE PRECISION) AS lapsing_ratio,
    CAST(:lapsed_ratio AS DOUBLE PRECISION) AS lapsed_ratio,
    CAST(:loyal_days AS BIGINT) AS loyal_days,
    CAST(:loyal_months AS BIGINT) AS loyal_months,
    CAST(:headroom_minor AS BIGINT) AS headroom_minor,
    CAST(:dwell_days AS BIGINT) AS dwell_days,
    CAST(:notice_days AS BIGINT) AS notice_days,
    CAST(:iron_promote AS DOUBLE PRECISION) AS iron_promote,
    CAST(:iron_demote AS DOUBLE PRECISION) AS iron_demote,
    CAST(:gold_promote AS DOUBLE PRECISION) AS gold_promote,
    CAST(:gold_demote AS DOUBLE PRECISION) AS gold_demote,
    CAST(:platinum_promote AS DOUBLE PRECISION) AS platinum_promote,
    CAST(:platinum_demote AS DOUBLE PRECISION) AS platinum_demote,
    CAST(:group_currency AS TEXT) AS currency_code,
    snapshot_date
  FROM ref_snapshot_dates
  WHERE
    snapshot_date >= :first_date AND snapshot_date <= :last_date
)
SELECT
  *
FROM final
