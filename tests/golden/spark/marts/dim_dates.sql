-- include/sql/marts/dim_dates.sql, as spark reads it; python -m regulars docs
WITH final AS (
  SELECT
    calendar_date,
    year_number,
    quarter_number,
    month_number,
    day_number,
    iso_week_number,
    iso_weekday,
    month_starts_on,
    is_weekend
  FROM ref_dates
)
SELECT
  *
FROM final
