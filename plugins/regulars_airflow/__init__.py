"""The Airflow side of Regulars: assets, defaults, notices and the launcher."""
