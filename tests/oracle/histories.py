"""Random histories of two stores in two currencies: all that may happen to a check, and too often.

A history is a dict of canonical rows by entity, amounts in minor units. Everything in it is
lawful by the templates; much of it is strange on purpose: rules that have expired, settlements
of orders that never came, fees stated and fees by rule, corrections in another file.
"""

from datetime import date, datetime, timedelta

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from oracle.town_terms import (
    CATEGORIES,
    CHANNELS,
    FEES,
    ITEMS,
    PLATFORMS,
    PROMOTIONS,
    STORES,
    TENDERS,
    UNKNOWN,
    Row,
    amounts,
    charges,
    chosen,
    customers,
    days,
    flags,
    maybe_amount,
    points,
    references,
    seldom,
)  # fmt: skip


@st.composite
def lines(draw: st.DrawFn, number: int) -> Row:
    """A line of a check."""
    gross = draw(amounts)
    item = draw(chosen("noodle", "noodle", "tea", "soup", UNKNOWN, "card", "topup"))
    return {
        "line_no": number, "item_id": item, "category": CATEGORIES.get(item),
        "quantity_milli": draw(chosen(1000, 1000, 2000, 500, 333, -1000)), "gross_minor": gross,
        "is_remake": draw(st.one_of(st.none(), st.none(), st.none(), flags)),
        "discount_minor": draw(st.one_of(st.none(), st.integers(0, gross))),
        "tax_minor": draw(st.one_of(st.none(), st.integers(0, gross // 10))),
        "is_gift": draw(st.one_of(st.none(), seldom)),
        "void_stage": draw(chosen(*[None] * 5, "before_preparation", "after_preparation")),
    }  # fmt: skip


@st.composite
def orders(draw: st.DrawFn, number: int) -> dict[str, list[Row]]:
    """A check with its lines, payments, adjustments and settlements."""
    store, day = draw(chosen(*STORES)), draw(days)
    place = {"store_id": store, "order_id": f"o{number}"}
    channel = draw(chosen(*CHANNELS))
    order = {
        **place, "channel": channel, "business_date": day, "currency_code": STORES[store],
        "platform": draw(chosen(*PLATFORMS)) if channel == "delivery_platform" else None,
        "status": draw(chosen("paid", "paid", "paid", "paid", "voided", "open")),
        "customer_key": draw(customers), "account_id": draw(chosen(None, None, None, "A1")),
        "external_order_id": draw(chosen(None, f"x{number}", "x0")),
        "covers": draw(st.one_of(st.none(), st.integers(0, 9))),
        "opened_local_at": _opened(day, draw(st.one_of(st.none(), st.integers(-200, 1500)))),
        "closed_local_at": datetime(day.year, day.month, day.day, 12),
        "closed_at": datetime(day.year, day.month, day.day, 4),
        "is_tax_included": draw(st.one_of(st.none(), flags)), "total_minor": draw(amounts),
        "gross_minor": draw(st.one_of(st.none(), amounts)), "tip_minor": draw(maybe_amount),
        "tax_minor": draw(maybe_amount), "service_charge_minor": draw(maybe_amount),
        "delivery_fee_minor": draw(maybe_amount), "packaging_fee_minor": draw(maybe_amount),
    }  # fmt: skip
    items = [draw(lines(no)) for no in range(1, 1 + draw(st.integers(0, 4)))]
    rows: dict[str, list[Row]] = {
        "orders": [order],
        "order_lines": [{**place, **item} for item in items],
        "payments": [{**place, **draw(_payment(no))} for no in range(draw(st.integers(0, 2)))],
    }
    later = st.integers(-1, 20).map(lambda wait: day + timedelta(days=wait))
    happened = draw(st.lists(_adjustment(order, items), max_size=3))
    rows["adjustments"] = [
        {**place, **one, "adjustment_id": f"a{number}-{no}", "business_date": draw(later),
         "currency_code": STORES[store]}
        for no, one in enumerate(happened)
    ]  # fmt: skip
    billed = draw(st.lists(_fee(), max_size=3)) if order["platform"] else []
    named = draw(chosen(place["order_id"], order["external_order_id"]))
    rows["settlements"] = [
        {**place, **fee, "order_id": named, "platform": order["platform"],
         "settlement_id": f"s{number}-{no}", "payout_date": draw(later),
         "currency_code": STORES[store]}
        for no, fee in enumerate(billed)
    ]  # fmt: skip
    rows["loyalty_events"] = [
        {**place, **event, "event_id": f"e{number}-{no}", "business_date": day}
        for no, event in enumerate(draw(st.lists(points(), max_size=2)))
    ]
    return rows


def _opened(day: date, minutes_before: int | None) -> datetime | None:
    noon = datetime(day.year, day.month, day.day, 12)
    return None if minutes_before is None else noon - timedelta(minutes=minutes_before)


def _payment(number: int) -> st.SearchStrategy[Row]:
    return st.fixed_dictionaries(
        {
            "payment_id": st.just(f"p{number}"),
            "tender": chosen(*TENDERS),
            "amount_minor": st.integers(-500, 20_000),
            "fee_minor": st.one_of(st.none(), st.none(), st.integers(0, 300)),
        }
    )


def _fee() -> st.SearchStrategy[Row]:
    return st.fixed_dictionaries(
        {"fee_type": chosen(*FEES), "amount_minor": st.integers(-300, 3000)}
    )


@st.composite
def _adjustment(draw: st.DrawFn, order: Row, items: list[Row]) -> Row:
    """Something that changes what the check is worth; a gift or a void has nothing left to give."""
    kinds = (*PROMOTIONS, "comp", "error_charge", "compensation")
    if order["status"] == "paid":
        kinds = (*kinds, "refund", "refund", "chargeback")
    kind = draw(chosen(*kinds))
    sold = [item["line_no"] for item in items if _is_plain(item)]
    line_no = draw(chosen(None, None, *sold, len(items) + 1))
    funder = draw(chosen("merchant", "merchant", "platform", "third_party"))
    return {"adjustment_type": kind, "line_no": line_no, "amount_minor": draw(st.integers(0, 3000)),
            "funded_by": funder if kind in PROMOTIONS else "merchant"}  # fmt: skip


def _is_plain(item: Row) -> bool:
    is_sale = ITEMS.get(item["item_id"], "sale") in ("sale", None)
    return is_sale and not (item["is_gift"] or item["void_stage"] or item["is_remake"])


@st.composite
def histories(draw: st.DrawFn, most_orders: int = 12) -> dict[str, list[Row]]:
    """Everything that was dropped in a week: each row with the file it came in."""
    rows: dict[str, list[Row]] = draw(references())
    for number in range(draw(st.integers(1, most_orders))):
        for entity, more in draw(orders(number)).items():
            rows.setdefault(entity, []).extend(more)
    rows |= draw(charges())
    corrected = draw(st.lists(st.sampled_from(rows["orders"]), max_size=2))
    rows["orders"] += [
        {**order, "revision": 2, "customer_key": draw(customers), "status": "paid",
         "source_file_sha256": "f2"}
        for order in {order["order_id"]: order for order in corrected}.values()
    ]  # fmt: skip
    if corrected and draw(flags):
        again = [row for row in rows["order_lines"] if row["order_id"] == corrected[0]["order_id"]]
        rows["order_lines"] += [{**row, "revision": 2} for row in again[:-1]]
    lost = draw(st.lists(chosen("adjustments", "settlements", "payments"), max_size=3))
    for number, entity in enumerate(lost):
        rows[entity] += [_astray(row, number) for row in rows[entity][:1]]
    rows["loyalty_events"] += rows.pop("gifts")
    for entity in rows:
        rows[entity] = [
            {"source_system": "pos", "source_file_sha256": "f1", "source_row": number, **row}
            for number, row in enumerate(rows[entity], start=2)
        ]
    return rows


def _astray(row: Row, number: int) -> Row:
    """The same event of an order that never came."""
    ids = {name: f"lost{number}" for name in row if name.endswith("_id") and name in _OWN}
    return {**row, **ids, "order_id": "gone"}


_OWN = ("adjustment_id", "settlement_id", "payment_id")


NAMES = ("order_id", "item_id", "rule_id", "adjustment_id", "settlement_id", "event_id",
         "invoice_id", "account_id", "customer_key", "external_order_id")  # fmt: skip


def many_histories(count: int) -> dict[str, list[Row]]:
    """Many histories side by side in the same stores, so that they are built in one go."""
    found: list[dict[str, list[Row]]] = []

    @settings(
        max_examples=count,
        phases=[Phase.generate],
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(histories())
    def collect(rows: dict[str, list[Row]]) -> None:
        found.append(rows)

    collect()
    together: dict[str, list[Row]] = {}
    for number, rows in enumerate(found):
        for entity, some in rows.items():
            together.setdefault(entity, []).extend(_marked(row, number) for row in some)
    return together


def _marked(row: Row, number: int) -> Row:
    """The row with the names of its own history."""
    return row | {name: f"{row[name]}.{number}" for name in NAMES if row.get(name)}
