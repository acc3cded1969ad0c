"""Numbers: what is a fraction, what is whole, and how one becomes the other."""

from collections.abc import Iterator

from sqlglot import exp

from regulars.models.portable.breach import Breach
from regulars.models.portable.lineage import values_behind

_FRACTIONS = (
    exp.Div, exp.Avg, exp.Median, exp.Ln, exp.Exp, exp.Sqrt, exp.Pow, exp.PercentRank, exp.CumeDist,
)  # fmt: skip
_SAFE_DIVISORS = (exp.Nullif, exp.Literal, exp.Placeholder)


def divisions(tree: exp.Expr) -> Iterator[Breach]:
    """A divisor that may be zero is guarded, for a run must not end at one odd row.

    A whole division by zero never gives a number: whoever writes `//` rules it out.
    """
    for node in tree.find_all(exp.Div):
        divisor = node.expression
        if not divisor.find(*_SAFE_DIVISORS) and not node.find_ancestor(exp.Case):
            yield Breach(node, "a divisor that may be zero", "write nullif(divisor, 0)")


def numbers(tree: exp.Expr) -> Iterator[Breach]:
    """Fractions are doubles from the start; a fraction becomes whole by floor or ceil.

    Without decimals every `/` is a division of doubles: the renderer sees to that.
    """
    for literal in tree.find_all(exp.Literal):
        if not literal.is_string and not literal.this.isdigit() and not is_double(literal.parent):
            yield Breach(literal, f"the decimal {literal.this}", f"cast({literal.this} as double)")
    for cast in tree.find_all(exp.Cast):
        kind = cast.to.this
        if kind in exp.DataType.INTEGER_TYPES and is_fraction(cast.this):
            rule = "a fraction cast to a whole number: engines round apart"
            yield Breach(cast, rule, "cast(floor(...))")
        if kind in (exp.DataType.Type.FLOAT, exp.DataType.Type.DECIMAL):
            yield Breach(cast, f"a cast to {cast.to.sql().lower()}", "use bigint or double")
        if kind in exp.DataType.TEXT_TYPES and is_fraction(cast.this):
            rule = "a fraction cast to text: engines write it apart"
            yield Breach(cast, rule, "cast a whole number")


def sums(tree: exp.Expr) -> Iterator[Breach]:
    """Money is a sum of whole numbers: one of doubles differs in its last digits by the run."""
    for alias in tree.find_all(exp.Alias):
        for total in alias.this.find_all(exp.Sum) if alias.alias.endswith("_minor") else ():
            if is_fraction(total.this):
                yield Breach(total, f"{alias.alias} from a sum of doubles", "sum whole numbers")


def is_double(node: exp.Expr | None) -> bool:
    """Whether a node is a cast to double."""
    return isinstance(node, exp.Cast) and node.to.this is exp.DataType.Type.DOUBLE


def is_fraction(node: exp.Expr) -> bool:
    """Whether a value may have digits behind the point, as far as the select's steps tell."""
    return any(
        isinstance(one, _FRACTIONS) or is_double(one)
        for one in values_behind(node, through=(exp.Sum,))
    )
