"""The portable subset: what DuckDB, PostgreSQL and Spark all read alike, as rules on the tree.

Each rule takes a select's syntax tree and yields what breaks it. The denied constructs either
fail on some engine or, worse, give other numbers there without a word.
"""

from regulars.models.portable.allowed import allowed_functions, denied_nodes
from regulars.models.portable.breach import Breach, Rule
from regulars.models.portable.clauses import clauses, distincts, frames, joins, stars
from regulars.models.portable.columns import changed_names, reserved_names, typed_columns
from regulars.models.portable.days import days, intervals, moments
from regulars.models.portable.numbers import divisions, numbers, sums
from regulars.models.portable.orders import orders
from regulars.models.portable.texts import positions, texts, truths

PORTABLE_RULES: tuple[Rule, ...] = (
    denied_nodes, allowed_functions, joins, clauses, frames, distincts, stars, changed_names,
    reserved_names, typed_columns, divisions, numbers, sums, days, moments, intervals, positions,
    texts, truths, orders,
)  # fmt: skip

__all__ = ["PORTABLE_RULES", "Breach", "Rule", "stars"]
