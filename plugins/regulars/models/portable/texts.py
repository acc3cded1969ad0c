"""Texts and truths: what engines cut, replace and count in their own ways."""

from collections.abc import Iterator

from sqlglot import exp

from regulars.models.portable.breach import Breach
from regulars.models.portable.lineage import values_behind

_TRUE_OR_FALSE = (
    exp.Predicate, exp.Not, exp.And, exp.Or, exp.Boolean, exp.LogicalAnd, exp.LogicalOr,
)  # fmt: skip


def positions(tree: exp.Expr) -> Iterator[Breach]:
    """Positions count from one and lengths are numbers: engines differ on the others."""
    for part in tree.find_all(exp.Substring, exp.SplitPart):
        place = part.args.get("part_index") or part.args.get("start")
        if not (isinstance(place, exp.Literal) and place.this.isdigit() and int(place.this) > 0):
            yield Breach(part, "a position that is no number from 1 on", "count from the left")
    for end in tree.find_all(exp.Left, exp.Right):
        if not (isinstance(end.expression, exp.Literal) and end.expression.this.isdigit()):
            yield Breach(end, "a length that is no number", "write it out")


def texts(tree: exp.Expr) -> Iterator[Breach]:
    """Replacing replaces all."""
    for regex in tree.find_all(exp.RegexpReplace):
        if "g" not in regex.text("modifiers"):
            yield Breach(regex, "regexp_replace of the first: Spark replaces all", "add 'g'")


def truths(tree: exp.Expr) -> Iterator[Breach]:
    """True and false are no numbers: PostgreSQL neither sums nor casts them."""
    for node in tree.find_all(exp.Sum, exp.Avg, exp.Min, exp.Max):
        if _is_truth(node.this):
            name = node.sql_name().lower()
            yield Breach(node, f"{name} of true and false", "count(*) filter (where ...), bool_or")
    for cast in tree.find_all(exp.Cast):
        if cast.to.this in exp.DataType.NUMERIC_TYPES and _is_truth(cast.this):
            yield Breach(cast, "true or false cast to a number", "case when ... then 1 else 0 end")


def _is_truth(node: exp.Expr) -> bool:
    return any(
        isinstance(one, _TRUE_OR_FALSE)
        or (isinstance(one, exp.Column) and one.name.startswith(("is_", "has_")))
        for one in values_behind(node)
    )
