"""Which functions are allowed, for they were tried on every engine, and what never is."""

from collections.abc import Iterator

from sqlglot import exp

from regulars.models.portable.breach import Breach

FUNCTIONS = (
    exp.Abs, exp.And, exp.Avg, exp.Case, exp.Cast, exp.Ceil, exp.Coalesce, exp.Count,
    exp.CumeDist, exp.DateDiff, exp.DenseRank, exp.Exists, exp.Exp,
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
    exp.Concat: ("concat: a null is nothing here, all there", "write a || b"),
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


def denied_nodes(tree: exp.Expr) -> Iterator[Breach]:
    """Constructs that are never portable."""
    for node in tree.walk():
        if reason := DENIED.get(type(node)):
            yield Breach(node, *reason)


def allowed_functions(tree: exp.Expr) -> Iterator[Breach]:
    """Functions that nobody has tried on every engine."""
    for node in tree.find_all(exp.Func):
        if type(node) not in DENIED and not isinstance(node, FUNCTIONS):
            name = node.name if isinstance(node, exp.Anonymous) else node.sql_name().lower()
            yield Breach(
                node,
                f"{name}: not tried on every engine",
                "use another function, or try and add it",
            )
