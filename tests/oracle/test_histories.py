"""Random histories: the models and the plain ledger agree to the cent, on every engine.

`REGULARS_HISTORIES` says how many to try; a night may take thousands.
"""

import os
from collections import defaultdict
from typing import Any

import pytest

from oracle.histories import many_histories
from oracle.kitchen_table import cook_history, ladders
from oracle.plain_books import OrderKey
from oracle.plain_ladder import Ladder
from oracle.plain_ledger import PlainLedger
from oracle.town_terms import LAST, POLICY, Row
from sql.kitchen import Kitchen

HISTORIES = int(os.environ.get("REGULARS_HISTORIES", "30"))
DAY = ("customer_key", "business_date", "currency_code")
Figures = dict[tuple[Any, ...], dict[str, int]]


def climbed(ladders: dict[Any, Ladder], known: Figures) -> Figures:
    """The ladders of the plain ledger, in the columns that the table has."""
    columns = next(iter(known.values()))
    return {
        key: {name: amount for name, amount in one.climbed().items() if name in columns}
        for key, one in ladders.items()
    }


def differing(found: Figures, wanted: Figures) -> dict[Any, Any]:
    """Where the two say something different, and what."""
    return {
        key: {name: (found.get(key, {}).get(name), amount) for name, amount in one.items()
              if found.get(key, {}).get(name) != amount}
        for key, one in wanted.items()
        if found.get(key) != one
    }  # fmt: skip


def rows_of(rows: dict[str, list[Row]], key: OrderKey) -> dict[str, list[Row]]:
    """Everything about one order, for whoever has to find out who is right."""
    return {
        entity: [row for row in some if (row.get("store_id"), row.get("order_id")) == key]
        for entity, some in rows.items()
    }


def assert_agreed(kitchen: Kitchen, rows: dict[str, list[Row]]) -> None:
    ledger = PlainLedger(rows, POLICY)
    assert len(ledger.orders) > HISTORIES
    _assert_orders(ladders(kitchen, "fct_orders", "store_id", "order_id"), ledger)
    days = ladders(kitchen, "fct_customer_days", *DAY)
    wanted = {key: one for key, one in ledger.customer_days().items() if key[1] <= LAST}
    assert not differing(days, climbed(wanted, days))
    assert days.keys() == wanted.keys()


def _assert_orders(found: Figures, ledger: PlainLedger) -> None:
    wanted = climbed({key: ledger.order_ladder(key) for key in ledger.orders}, found)
    for key, what in differing(found, wanted).items():
        pytest.fail(f"{key}: models and ledger say {what} of {rows_of(ledger.rows, key)}")
    assert found.keys() == wanted.keys()


def assert_lines_agreed(kitchen: Kitchen, rows: dict[str, list[Row]]) -> None:
    """Each line's own figures, and the shares of the whole order to the cent."""
    ledger = PlainLedger(rows, POLICY)
    lines = kitchen.taste("select * from fct_order_lines where line_no > 0")
    names = ("gross", "discount", "comp", "refund", "food_cost")
    found = defaultdict(dict)
    for row in lines:
        store, _, order_id = row["order_key"].partition(":")
        figures = {name: row[f"{name}_minor"] for name in names}
        found[store, order_id][row["line_no"]] = figures
    for key, mine in found.items():
        wanted = ledger.line_ladders(key)
        assert mine == {no: {name: one[name] for name in names} for no, one in wanted.items()}, key


def test_any_history_is_worth_what_the_plain_ledger_says(stove: Kitchen):
    rows = many_histories(HISTORIES)
    cook_history(stove, rows)
    assert_agreed(stove, rows)
    assert_lines_agreed(stove, rows)


@pytest.mark.postgres
def test_any_history_is_worth_the_same_on_a_server(server_stove: Kitchen):
    rows = many_histories(max(HISTORIES // 3, 5))
    cook_history(server_stove, rows)
    assert_agreed(server_stove, rows)


def test_histories_are_full_of_everything():
    rows = many_histories(HISTORIES)
    seen = {name: {row.get(name) for row in rows[entity]} for entity, name in (
        ("adjustments", "adjustment_type"), ("settlements", "fee_type"), ("payments", "tender"),
        ("order_lines", "void_stage"), ("order_lines", "is_remake"), ("orders", "revision"),
        ("orders", "is_tax_included"), ("cost_rules", "component"), ("orders", "status"),
        ("loyalty_events", "event_kind"), ("orders", "account_id"),
    )}  # fmt: skip
    poor = [name for name, values in seen.items() if len(values) < 2]
    assert not poor, "a history in which nothing happens proves nothing"
    assert {"refund", "chargeback", "comp", "compensation"} <= seen["adjustment_type"]
