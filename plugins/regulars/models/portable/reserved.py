"""Words that are no names: what PostgreSQL reserves, and the few that only DuckDB or Spark does."""

_WORDS = """
all analyse analyze and anti any array as asc asymmetric authorization binary both case cast
check collate collation column concurrently constraint create cross current_catalog current_date
current_role current_schema current_time current_timestamp current_user default deferrable desc
describe distinct do else end except false fetch for foreign freeze from full grant group having
ilike in initially inner intersect into is isnull join lateral leading left like limit localtime
localtimestamp minus natural not notnull null offset on only or order outer overlaps pivot
placing primary qualify references returning right select semi session_user show similar some
summarize symmetric table tablesample then to trailing true union unique unpivot user using
variadic verbose when where window with
"""
RESERVED = frozenset(_WORDS.split())
"""In lower case."""
