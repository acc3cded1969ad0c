"""Values as typed SQL literals: escaped by the syntax tree, never by pasting text."""

import math
from datetime import date, datetime
from decimal import Decimal

from sqlglot import exp

from regulars.domain.errors import BadInput

_INT64 = range(-(2**63), 2**63)


def literal(name: str, value: object) -> exp.Expr:
    """The literal of a bind's value. Raises BadInput naming the bind when it cannot be one.

    Known are str, int, bool, date, datetime without zone (UTC), Decimal, float and None.
    Numbers travel as text inside a cast, so that every engine reads the same value and type.
    """
    match value:
        case None:
            return exp.Null()
        case bool():
            return exp.Boolean(this=value)
        case int():
            return _whole(name, value)
        case str():
            return _cast(_clean(name, value), "TEXT")
        case datetime():
            return _cast(_without_zone(name, value).isoformat(" "), "TIMESTAMP")
        case date():
            return _cast(value.isoformat(), "DATE")
        case Decimal() | float():
            return _fraction(name, value)
        case _:
            raise _refused(name, f"a {type(value).__name__} is no SQL value")


def text_literal(value: str, dialect: str) -> str:
    """A text as SQL, quotes included: for statements that take no cast, such as comments."""
    return exp.Literal.string(_clean("text", value)).sql(dialect)


def _cast(text: str, kind: str) -> exp.Expr:
    return exp.cast(exp.Literal.string(text), kind, dialect="duckdb")


def _whole(name: str, value: int) -> exp.Expr:
    if value not in _INT64:
        raise _refused(name, f"{value} does not fit into 64 bits")
    return _cast(str(int(value)), "BIGINT")


def _fraction(name: str, value: Decimal | float) -> exp.Expr:
    if not math.isfinite(value):
        raise _refused(name, f"{value} is no finite number")
    if isinstance(value, float):
        return _cast(repr(float(value)), "DOUBLE")
    plain = f"{value:f}"
    scale = len(plain.partition(".")[2])
    digits = max(sum(sign.isdigit() for sign in plain), 1)
    if digits > 38:
        raise _refused(name, f"{value} has more than 38 digits")
    return _cast(plain, f"DECIMAL({digits}, {scale})")


def _clean(name: str, text: str) -> str:
    if "\0" in text or any("\ud800" <= sign <= "\udfff" for sign in text):
        raise _refused(name, "the text holds a character no database stores (NUL or surrogate)")
    return str(text)


def _without_zone(name: str, moment: datetime) -> datetime:
    if moment.tzinfo is not None:
        raise _refused(name, "a moment with a time zone; the warehouse keeps UTC without one")
    return moment


def _refused(name: str, reason: str) -> BadInput:
    return BadInput(f"bind :{name}: {reason}", next_move="convert the value before the query")
