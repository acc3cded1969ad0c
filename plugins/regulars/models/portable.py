"""The portable subset: what DuckDB, PostgreSQL and Spark all read alike, as rules on the tree.

Each rule takes a select's syntax tree and yields what breaks it. The denied constructs either
fail on some engine or, worse, give other numbers there without a word.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from sqlglot import exp

from regulars.models.model import EXTERNAL

FUNCTIONS = (
    exp.Abs, exp.And, exp.Avg, exp.Case, exp.Cast, exp.Ceil, exp.Coalesce, exp.Concat, exp.Count,
    exp.CumeDist, exp.DateAdd, exp.DateDiff, exp.DateSub, exp.DenseRank, exp.Exists, exp.Exp,
    exp.Extract, exp.FirstValue, exp.Floor, exp.Greatest, exp.GroupConcat, exp.If, exp.Lag,
    exp.LastValue, exp.Lead, exp.Least, exp.Left, exp.Length, exp.Ln, exp.LogicalAnd,
    exp.LogicalOr, exp.Lower, exp.MD5, exp.Max, exp.Median, exp.Min, exp.Ntile, exp.Nullif,
    exp.Or, exp.Pad, exp.PercentRank, exp.Pow, exp.Rank, exp.RegexpReplace, exp.Replace,
    exp.Right, exp.RowNumber, exp.SHA2, exp.Sign, exp.SplitPart, exp.Sqrt, exp.StartsWith,
    exp.Substring, exp.Sum, exp.TimeToStr, exp.TimestampTrunc, exp.Trim, exp.Upper,
)  # fmt: skip

_NO_ARRAYS = ("arrays and structs", "aggregate into rows, or use string_agg with order by")
_CALENDAR = ("generated rows", "join the calendar table dim_dates")
_NO_CLOCK = ("the clock or chance", "pass the day as a param")
_ANY = ("a value picked by chance", "use min, max, or row_number with a key in its order")
_APPROXIMATE = ("an estimate", "count exactly")
_CALENDAR_PARTS = ("a weekday or week", "join the calendar table dim_dates")

DENIED: dict[type[exp.Expr], tuple[str, str]] = {
    exp.Round: ("round: engines round halves apart", "use floor on whole numbers"),
    exp.Trunc: ("trunc: engines differ on types", "use floor"),
    exp.PercentileCont: ("a percentile: Spark estimates it", "use median, ntile or row_number"),
    exp.PercentileDisc: ("a percentile: Spark estimates it", "use median, ntile or row_number"),
    exp.Quantile: ("a quantile: Spark estimates it", "use median, ntile or row_number"),
    exp.Log: ("log: its base differs", "use ln, divided by ln(10) for base ten"),
    exp.TryCast: ("try_cast: PostgreSQL has none", "cast clean values; clean them at the door"),
    exp.Pivot: ("pivot", "write sum(...) filter (where ...) per column"),
    exp.AnyValue: _ANY,
    exp.First: _ANY,
    exp.Last: _ANY,
    exp.ArgMax: _ANY,
    exp.ArgMin: _ANY,
    exp.Mode: _ANY,
    exp.IgnoreNulls: ("ignore nulls: PostgreSQL has none", "filter the nulls in a step before"),
    exp.ApproxDistinct: _APPROXIMATE,
    exp.ApproxQuantile: _APPROXIMATE,
    exp.TableSample: _APPROXIMATE,
    exp.Array: _NO_ARRAYS,
    exp.ArrayAgg: _NO_ARRAYS,
    exp.Struct: _NO_ARRAYS,
    exp.Bracket: _NO_ARRAYS,
    exp.Lambda: _NO_ARRAYS,
    exp.Explode: _CALENDAR,
    exp.Unnest: _CALENDAR,
    exp.GenerateSeries: _CALENDAR,
    exp.CurrentDate: _NO_CLOCK,
    exp.CurrentTimestamp: _NO_CLOCK,
    exp.CurrentTime: _NO_CLOCK,
    exp.Rand: _NO_CLOCK,
    exp.Uuid: _NO_CLOCK,
    exp.DayOfWeek: _CALENDAR_PARTS,
    exp.DayOfWeekIso: _CALENDAR_PARTS,
    exp.WeekOfYear: _CALENDAR_PARTS,
    exp.Columns: ("columns(...)", "list the columns"),
    exp.Into: ("select into", "a model only reads; its kind says how it is kept"),
    exp.Parameter: ("a bind without a name", "write :name"),
}


@dataclass(frozen=True)
class Breach:
    """A node of the tree that breaks a rule."""

    node: exp.Expr
    rule: str
    next_move: str


Rule = Callable[[exp.Expr], Iterator[Breach]]


def denied_nodes(tree: exp.Expr) -> Iterator[Breach]:
    """Constructs that are never portable, and functions nobody has tried on every engine."""
    for node in tree.walk():
        if reason := DENIED.get(type(node)):
            yield Breach(node, *reason)
        elif isinstance(node, exp.Func) and not isinstance(node, FUNCTIONS):
            name = node.name if isinstance(node, exp.Anonymous) else node.sql_name().lower()
            yield Breach(
                node,
                f"{name}: not tried on every engine",
                "use another function, or try and add it",
            )


def joins(tree: exp.Expr) -> Iterator[Breach]:
    """Joins that some engine lacks, and tables that name their schema."""
    for join in tree.find_all(exp.Join):
        how = f"{join.method} {join.kind}".strip().lower()
        if how not in ("", "inner", "cross", "outer"):
            yield Breach(join, f"a {how} join", "write a plain join, or exists (...)")
    for table in tree.find_all(exp.Table):
        if table.args.get("db"):
            yield Breach(table, "a table with a schema", "name the table alone")


def clauses(tree: exp.Expr) -> Iterator[Breach]:
    """Clauses that some engine lacks, or that pick rows by chance."""
    for clause in tree.find_all(exp.Group, exp.Order):
        words = [part.name.lower() for part in clause.find_all(exp.Var)]
        if clause.args.get("all") or "all" in words:
            yield Breach(clause, "by all", "list the columns")
    for node in tree.find_all(exp.With, exp.SetOperation):
        if node.args.get("recursive"):
            yield Breach(node, "a recursive step", "iterate in Python over a model without it")
        if node.args.get("by_name"):
            yield Breach(node, "by name", "list the columns in one order")
    for limit in tree.find_all(exp.Limit, exp.Offset):
        if limit.parent and not limit.parent.args.get("order"):
            yield Breach(limit, "limit without order by", "order by a key")


def stars(tree: exp.Expr) -> Iterator[Breach]:
    """`select *` repeats a step or a model; tables from outside are read column by column."""
    for star in tree.find_all(exp.Star):
        if star.args.get("except_") or star.args.get("replace") or star.args.get("rename"):
            yield Breach(star.parent or star, "* with exclude or replace", "list the columns")
        select = star.find_ancestor(exp.Select)
        if isinstance(star.parent, exp.Count) or select is None:
            continue
        if select.args.get("qualify") and len(select.expressions) > 1:
            yield Breach(star.parent or star, "* beside other columns under qualify", "list them")
        tables = [
            one for one in select.find_all(exp.Table) if one.find_ancestor(exp.Select) is select
        ]
        if outside := [one for one in tables if one.name.startswith(EXTERNAL)]:
            yield Breach(outside[0], f"* from {outside[0].name}", "list the columns")


def divisions(tree: exp.Expr) -> Iterator[Breach]:
    """A divisor that may be zero is guarded: DuckDB answers infinity, PostgreSQL an error."""
    for node in tree.find_all(exp.Div):
        divisor = node.expression
        if not divisor.find(*_SAFE_DIVISORS) and not node.find_ancestor(exp.Case):
            yield Breach(node, "a divisor that may be zero", "write nullif(divisor, 0)")


_SAFE_DIVISORS = (exp.Nullif, exp.Literal, exp.Placeholder)


def numbers(tree: exp.Expr) -> Iterator[Breach]:
    """Fractions are doubles from the start; a fraction becomes whole by floor or ceil.

    Without decimals every `/` is a division of doubles: the renderer sees to that.
    """
    for literal in tree.find_all(exp.Literal):
        if not literal.is_string and not literal.this.isdigit() and not _is_double(literal.parent):
            yield Breach(literal, f"the decimal {literal.this}", f"cast({literal.this} as double)")
    for cast in tree.find_all(exp.Cast):
        inner = cast.this.unnest()
        if cast.to.this in exp.DataType.INTEGER_TYPES and (
            isinstance(inner, exp.Div | exp.Median | exp.Avg) or _is_double(inner)
        ):
            yield Breach(
                cast, "a fraction cast to a whole number: engines round apart", "cast(floor(...))"
            )
        if cast.to.this in (exp.DataType.Type.FLOAT, exp.DataType.Type.DECIMAL):
            yield Breach(cast, f"a cast to {cast.to.sql().lower()}", "use bigint or double")


def days(tree: exp.Expr) -> Iterator[Breach]:
    """Days are counted by date_diff('day', ...) and moved by whole numbers."""
    for minus in tree.find_all(exp.Sub):
        if _is_day(minus.this.unnest()) and _is_day(minus.expression.unnest()):
            yield Breach(minus, "date - date: an interval on Spark", "date_diff('day', from, to)")
    for difference in tree.find_all(exp.DateDiff):
        if (difference.text("unit") or "day").lower() != "day":
            yield Breach(difference, "date_diff of other units than day", "join the calendar table")
    for part in tree.find_all(exp.Extract):
        if part.name.lower() not in ("year", "quarter", "month", "day", "hour", "minute"):
            yield Breach(part, f"extract of {part.name.lower()}", "join the calendar table")


def intervals(tree: exp.Expr) -> Iterator[Breach]:
    """An interval is a constant, and no window is measured by one."""
    for interval in tree.find_all(exp.Interval):
        if not isinstance(interval.this, exp.Literal):
            yield Breach(interval, "an interval of a column", "add a number of days to the date")
        if interval.find_ancestor(exp.WindowSpec):
            yield Breach(interval, "a window over an interval", "filter by age in days")


def orders(tree: exp.Expr) -> Iterator[Breach]:
    """What depends on an order says which, down to a key that leaves no ties."""
    for group in tree.find_all(exp.GroupConcat):
        if not group.find(exp.Order):
            yield Breach(group, "string_agg without order by", "order by a key inside it")
    named = {w.name: w for w in tree.find_all(exp.Window) if isinstance(w.this, exp.Identifier)}
    for window in tree.find_all(exp.Window):
        if not isinstance(window.this, _NEEDS_ORDER):
            continue
        order = named.get(window.alias, window).args.get("order")
        if order is None:
            yield Breach(window, "a ranking without order by", "order by a key")
        elif isinstance(window.this, _NEEDS_KEY) and not _ends_with_key(order):
            yield Breach(window, "an order that leaves ties", f"end it with a key: {_KEY_WORDS}")


_NEEDS_KEY = (exp.RowNumber, exp.Ntile, exp.Lag, exp.Lead, exp.FirstValue, exp.LastValue)
_NEEDS_ORDER = (*_NEEDS_KEY, exp.Rank, exp.DenseRank, exp.PercentRank, exp.CumeDist)
_KEYS = ("_key", "_id", "_no", "_date", "_on", "_row", "_rank", "_sha256")
_KEY_WORDS = ", ".join(f"*{ending}" for ending in _KEYS)


def _ends_with_key(order: exp.Expr) -> bool:
    last = order.expressions[-1].this
    return isinstance(last, exp.Column) and last.name.endswith(_KEYS)


def _is_double(node: exp.Expr | None) -> bool:
    return isinstance(node, exp.Cast) and node.to.this is exp.DataType.Type.DOUBLE


def _is_day(node: exp.Expr) -> bool:
    if isinstance(node, exp.Cast):
        return node.to.this is exp.DataType.Type.DATE
    return isinstance(node, exp.Column) and node.name.endswith(("_date", "_on"))


PORTABLE_RULES: tuple[Rule, ...] = (
    denied_nodes, joins, clauses, stars, divisions, numbers, days, intervals, orders,
)  # fmt: skip
