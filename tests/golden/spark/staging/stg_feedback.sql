-- include/sql/staging/stg_feedback.sql, as spark reads it; python -m regulars docs
WITH newest AS (
  SELECT
    feedback_id,
    store_id,
    feedback_kind,
    given_local_at,
    customer_key,
    order_id,
    score_milli,
    scale,
    complaint_status,
    business_date,
    source_system,
    source_file_sha256,
    source_row
  FROM (
    SELECT
      feedback_id,
      store_id,
      feedback_kind,
      given_local_at,
      customer_key,
      order_id,
      score_milli,
      scale,
      complaint_status,
      business_date,
      source_system,
      source_file_sha256,
      source_row,
      ROW_NUMBER() OVER (
        PARTITION BY store_id, feedback_id
        ORDER BY COALESCE(revision, 0) DESC, source_file_sha256 NULLS LAST, source_row NULLS LAST
      ) AS _w
    FROM raw_feedback
  ) AS _t
  WHERE
    _w = 1
)
SELECT
  *
FROM newest
