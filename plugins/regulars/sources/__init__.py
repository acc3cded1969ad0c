"""What comes in: finding dropped files, reading them as text, landing them as Parquet."""
