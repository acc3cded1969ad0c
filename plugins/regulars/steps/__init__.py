"""The steps of the DAGs as plain functions: each takes the day, gives back a receipt."""
