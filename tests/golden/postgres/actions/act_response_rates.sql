-- include/sql/actions/act_response_rates.sql, as postgres reads it; python -m regulars docs
WITH counted AS (
  SELECT
    rungs.list_name,
    rungs.action_rung,
    rungs.cost_minor,
    rungs.is_money,
    rungs.return_ppm,
    rungs.lift_ppm AS prior_lift_ppm,
    COALESCE(treated_count, 0) AS n1,
    COALESCE(treated_return_count, 0) AS r1,
    COALESCE(control_count, 0) AS n0,
    COALESCE(control_return_count, 0) AS r0
  FROM ref_list_rungs AS rungs
  LEFT JOIN act_trials AS trials
    ON rungs.list_name = trials.list_name AND rungs.action_rung = trials.action_rung
), believed AS (
  SELECT
    *,
    CAST(CAST(DIV(
      (
        r1 * 1000000 + :prior_strength * LEAST(return_ppm + prior_lift_ppm, 1000000)
      ),
      (
        n1 + :prior_strength
      )
    ) AS BIGINT) AS BIGINT) AS treated_ppm,
    CAST(CAST(DIV((
      r0 * 1000000 + :prior_strength * return_ppm
    ), (
      n0 + :prior_strength
    )) AS BIGINT) AS BIGINT) AS control_ppm,
    CAST(r1 + 1 AS DOUBLE PRECISION) / NULLIF(n1 + 2, 0) AS q1,
    CAST(r0 + 1 AS DOUBLE PRECISION) / NULLIF(n0 + 2, 0) AS q0
  FROM counted
), measured AS (
  SELECT
    *,
    q1 - q0 AS gain,
    CAST(1.959964 AS DOUBLE PRECISION) * SQRT(
      CAST(q1 * (
        1 - q1
      ) AS DOUBLE PRECISION) / NULLIF(n1 + 2, 0) + CAST(q0 * (
        1 - q0
      ) AS DOUBLE PRECISION) / NULLIF(n0 + 2, 0)
    ) AS half
  FROM believed
), judged AS (
  SELECT
    *,
    CASE
      WHEN n1 < :min_arm OR n0 < :min_arm
      THEN 'not_enough'
      WHEN gain - half > 0
      THEN 'measured'
      WHEN gain + half < 0
      THEN 'harmful'
      ELSE 'not_enough'
    END AS verdict
  FROM measured
), final AS (
  SELECT
    list_name,
    action_rung,
    cost_minor,
    is_money,
    return_ppm,
    n1 AS treated_count,
    r1 AS treated_return_count,
    n0 AS control_count,
    r0 AS control_return_count,
    treated_ppm,
    control_ppm,
    CASE WHEN verdict = 'harmful' THEN 0 ELSE GREATEST(treated_ppm - control_ppm, 0) END AS lift_ppm,
    gain - half AS lift_low,
    gain + half AS lift_high,
    verdict
  FROM judged
)
SELECT
  *
FROM final
