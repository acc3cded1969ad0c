"""A text that many rows have is read once: each row still gets what its cell says by itself.

The other route reads every cell alone, by the functions for one text and the rules of its store.
"""

from datetime import UTC, datetime
from typing import Any

import pandas as pd
import pytest
from check_rows import CONTEXT, GOOD_ROWS, as_table, batch
from hypothesis import given, settings
from hypothesis import strategies as st

from regulars.checks.cells import parse_day, parse_moment
from regulars.checks.parsing import parse
from regulars.domain.business_day import local_time
from regulars.domain.fields import KEYED, Kind
from regulars.domain.money import NumberError, exponent_of, parse_fixed
from regulars.domain.records import Field, fields_of

FIELDS = {
    Kind.TEXT: ("orders", "platform"),
    Kind.CUSTOMER: ("orders", "customer_ref"),
    Kind.COUNT: ("orders", "covers"),
    Kind.MINOR: ("orders", "discount_amount"),
    Kind.MICRO: ("recipe_costs", "unit_cost"),
    Kind.MILLI: ("order_lines", "quantity"),
    Kind.BPS: ("cost_rules", "rate"),
    Kind.NANO: ("exchange_rates", "rate"),
    Kind.DAY: ("orders", "business_date"),
    Kind.LOCAL_TIME: ("orders", "closed_at"),
    Kind.FLAG: ("orders", "is_tax_included"),
    Kind.CONTACT: ("customers", "display_name"),
    Kind.IDENTIFIER: ("customer_identifiers", "identifier_value"),
}
PLACES = {Kind.COUNT: 0, Kind.MILLI: 3, Kind.BPS: 4, Kind.NANO: 9}
FLAGS = {"true": True, "1": True, "yes": True, "y": True, "是": True}
FLAGS |= {"false": False, "0": False, "no": False, "n": False, "否": False}
# Few different cells, so that rows share them; most say something in some kind of field.
CELLS = st.sampled_from([
    "", " ", "1", " 1", "1 ", "0", "-1", "+2", "12.50", "12.5", "1,149.00", "(33.62)", "-$7",
    "￥１２.5", ".5", "5.", "0.123456789", "1.0000000000", "123456789012345678", "1e5", "1.3E+18",
    "٣", "None", "NaN", "x", "a\0b", "yes", "YES", "是", "maybe", "2025-01-31", "2025/1/31",
    "20250131", "2025-02-30", "2025-01-31 19:05", "2025-01-31T19:05:59.5", "2025/1/31 9:05",
    "2025-01-31T11:05:00Z", "2025-01-31 19:05+0800", "2025-01-31 24:00", "2025-01-31 00:00",
])  # fmt: skip
CELL = st.one_of(CELLS, CELLS, st.text("0123456789.,-+()$eE:/ T", max_size=9))
ROWS = st.lists(st.tuples(CELL, st.sampled_from(["S1", "S2", "", "S9"])), min_size=1, max_size=12)
CURRENCY = st.sampled_from(["", "CNY", "jpy", "KWD", "CLF"])


def test_there_is_a_field_of_every_kind() -> None:
    assert set(FIELDS) == set(Kind)


@pytest.mark.parametrize("kind", sorted(FIELDS))
@settings(max_examples=10)
@given(rows=ROWS, currency=CURRENCY)
def test_a_column_says_what_its_cells_say_one_by_one(
    kind: Kind, rows: list[tuple[str, str]], currency: str
) -> None:
    entity, name = FIELDS[kind]
    (field,) = (one for one in fields_of(entity) if one.name == name)
    more = {"currency_code": currency} if "currency_code" in GOOD_ROWS[entity] else {}
    if entity == "orders":
        more["currency_code"] = currency
    frame = batch(entity, *({name: cell, "store_id": store, **more} for cell, store in rows))
    parsed = parse(entity, as_table(frame), CONTEXT)
    column = parsed.rows[name if kind in KEYED else field.stored_name]
    faults = parsed.faults[parsed.faults["reason"].str.endswith(f":{name}")]
    found = dict(zip(faults["batch_row"], faults["reason"], strict=True))
    for place, (cell, store) in enumerate(rows):
        value, reason = read_alone(field, cell.strip(), store, more.get("currency_code", ""))
        assert found.get(place) == (f"{reason}:{name}" if reason else None)
        assert (None if pd.isna(column[place]) else column[place]) == value


def read_alone(field: Field, text: str, store: str, currency: str) -> tuple[Any, str | None]:
    """What one cell says: its value, or why it cannot be read; a blank one says nothing."""
    rules = CONTEXT.stores.get(store, CONTEXT.defaults)
    if not text:
        return None, None
    try:
        return _value(field, text, rules, currency.upper() or rules.currency_code), None
    except NumberError as error:
        return None, error.reason
    except KeyError:
        return None, "bad_flag"
    except ValueError:
        told = {Kind.DAY: "bad_date", Kind.LOCAL_TIME: "bad_time"}
        if field.stored.kind in told:
            return None, told[field.stored.kind]
        return None, "control_character" if "\0" in text else "scientific_notation"


def _value(field: Field, text: str, rules: Any, currency: str) -> Any:
    match kind := field.stored.kind:
        case Kind.DAY:
            return pd.Timestamp(parse_day(text))
        case Kind.LOCAL_TIME:
            moment = parse_moment(text)
            return _on_the_wall(moment, rules.time_zone) if moment.tzinfo else moment
        case Kind.FLAG:
            return FLAGS[text.lower()]
        case Kind.TEXT | Kind.CUSTOMER | Kind.CONTACT | Kind.IDENTIFIER:
            is_id = field.name.endswith(("_id", "_ref", "identifier_value"))
            if "\0" in text or (is_id and text == "1.3E+18"):
                raise ValueError
            return text
        case Kind.MINOR | Kind.MICRO:
            places = exponent_of(currency) + (6 if kind is Kind.MICRO else 0)
            return _not_below_zero(parse_fixed(text, places), "negative_amount")
        case _:
            number = parse_fixed(text, PLACES[kind])
            return number if field.stored.signed else _not_below_zero(number, "negative_number")


def _on_the_wall(moment: datetime, zone: str) -> datetime:
    return local_time(moment.astimezone(UTC).replace(tzinfo=None), zone)


def _not_below_zero(number: int, reason: str) -> int:
    if number < 0:
        raise NumberError(reason)
    return number
