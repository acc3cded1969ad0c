"""Days and moments: counted in whole days, moved by whole numbers, without a zone."""

from collections.abc import Iterator

from sqlglot import exp

from regulars.models.portable.breach import Breach
from regulars.models.portable.lineage import values_behind


def days(tree: exp.Expr) -> Iterator[Breach]:
    """Days are counted by date_diff('day', ...) and moved by whole numbers."""
    for minus in tree.find_all(exp.Sub):
        if _is_day(minus.this) and _is_day(minus.expression):
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


def moments(tree: exp.Expr) -> Iterator[Breach]:
    """Moments are UTC without a zone; what is cut from one is cast to a date at once."""
    for cast in tree.find_all(exp.Cast):
        if cast.to.this in _ZONED:
            yield Breach(cast, f"a cast to {cast.to.sql().lower()}", "use timestamp: it is UTC")
    for zone in tree.find_all(exp.AtTimeZone):
        yield Breach(zone, "at time zone", "keep the local moment in a column of its own")
    for cut in tree.find_all(exp.TimestampTrunc):
        if not (isinstance(cut.parent, exp.Cast) and cut.parent.to.this is exp.DataType.Type.DATE):
            rule = "date_trunc: a date here, a moment with a zone there"
            yield Breach(cut, rule, "cast(date_trunc(...) as date)")
    for moved in tree.find_all(exp.Add, exp.Sub):
        if isinstance(moved.expression, exp.Interval) and _is_day(moved.this):
            rule = "a date and an interval: a date on Spark, a moment elsewhere"
            yield Breach(moved, rule, "add a number of days to the date")


def _is_day(node: exp.Expr) -> bool:
    return any(
        (isinstance(one, exp.Cast) and one.to.this is exp.DataType.Type.DATE)
        or (isinstance(one, exp.Column) and one.name.endswith(("_date", "_on")))
        for one in values_behind(node)
    )


_ZONED = (exp.DataType.Type.TIMESTAMPTZ, exp.DataType.Type.TIMETZ, exp.DataType.Type.TIME)
