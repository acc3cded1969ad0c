"""Random histories of two stores in two currencies: all that may happen to a check, and too often.

A history is a dict of canonical rows by entity, amounts in minor units. Everything in it is
lawful by the templates; much of it is strange on purpose: rules that have expired, settlements
of orders that never came, fees stated and fees by rule, corrections in another file.
"""

from datetime import date, datetime, timedelta
from typing import Any

from hypothesis import strategies as st

Row = dict[str, Any]
FIRST, DAYS = date(2025, 3, 3), 6
LAST = FIRST + timedelta(days=DAYS - 1)
STORES = {"S1": "CNY", "S2": "JPY"}
PLATFORMS = ("meiwei", "kuaisong")
CHANNELS = ("dine_in", "takeaway", "delivery_own", "delivery_platform", "catering")
TENDERS = ("cash", "card", "wallet", "gift_card", "stored_value", "house_account", "platform")
ITEMS = {
    "noodle": "sale", "tea": "sale", "soup": None, "card": "gift_card", "topup": "stored_value",
}  # fmt: skip
UNKNOWN = "mystery"
CATEGORIES = {"noodle": "mains", "tea": "drinks", "soup": "soups", UNKNOWN: "soups"}
PROMOTIONS = ("discount", "coupon", "merchant_promo", "platform_promo", "loyalty_redemption")
FEES = ("commission", "delivery", "processing", "insurance", "adjustment", "merchant_promo", "ads",
        "payout", "tax_withheld", "sales", "tip")  # fmt: skip
days = st.integers(0, DAYS - 1).map(lambda ago: FIRST + timedelta(days=ago))
amounts = st.integers(0, 20_000)
maybe_amount = st.one_of(st.none(), st.integers(0, 900))
customers = st.sampled_from([None, "c1", "c2", "c3"])
flags = st.booleans()
seldom = st.sampled_from([False, False, False, False, True])


def _chosen(*values: Any) -> st.SearchStrategy[Any]:
    return st.sampled_from(values)


@st.composite
def lines(draw: st.DrawFn, number: int) -> Row:
    """A line of a check."""
    gross = draw(amounts)
    item = draw(_chosen("noodle", "noodle", "tea", "soup", UNKNOWN, "card", "topup"))
    return {
        "line_no": number, "item_id": item, "category": CATEGORIES.get(item),
        "quantity_milli": draw(_chosen(1000, 1000, 2000, 500, 333)), "gross_minor": gross,
        "discount_minor": draw(st.one_of(st.none(), st.integers(0, gross))),
        "tax_minor": draw(st.one_of(st.none(), st.integers(0, gross // 10))),
        "is_gift": draw(st.one_of(st.none(), seldom)),
        "void_stage": draw(_chosen(*[None] * 5, "before_preparation", "after_preparation")),
    }  # fmt: skip


@st.composite
def orders(draw: st.DrawFn, number: int) -> dict[str, list[Row]]:
    """A check with its lines, payments, adjustments and settlements."""
    store, day = draw(_chosen(*STORES)), draw(days)
    place = {"store_id": store, "order_id": f"o{number}"}
    channel = draw(_chosen(*CHANNELS))
    order = {
        **place, "channel": channel, "business_date": day, "currency_code": STORES[store],
        "platform": draw(_chosen(*PLATFORMS)) if channel == "delivery_platform" else None,
        "status": draw(_chosen("paid", "paid", "paid", "paid", "voided", "open")),
        "customer_key": draw(customers), "covers": draw(st.one_of(st.none(), st.integers(0, 9))),
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
    rows["settlements"] = [
        {**place, **fee, "platform": order["platform"], "settlement_id": f"s{number}-{no}",
         "payout_date": draw(later), "currency_code": STORES[store]}
        for no, fee in enumerate(billed)
    ]  # fmt: skip
    return rows


def _payment(number: int) -> st.SearchStrategy[Row]:
    return st.fixed_dictionaries(
        {
            "payment_id": st.just(f"p{number}"),
            "tender": _chosen(*TENDERS),
            "amount_minor": st.integers(-500, 20_000),
            "fee_minor": st.one_of(st.none(), st.none(), st.integers(0, 300)),
        }
    )


def _fee() -> st.SearchStrategy[Row]:
    return st.fixed_dictionaries(
        {"fee_type": _chosen(*FEES), "amount_minor": st.integers(-300, 3000)}
    )


@st.composite
def _adjustment(draw: st.DrawFn, order: Row, items: list[Row]) -> Row:
    """Something that changes what the check is worth; a gift or a void has nothing left to give."""
    kinds = (*PROMOTIONS, "comp", "error_charge", "compensation")
    if order["status"] == "paid":
        kinds = (*kinds, "refund", "refund", "chargeback")
    kind = draw(_chosen(*kinds))
    sold = [item["line_no"] for item in items if _is_plain(item)]
    line_no = draw(_chosen(None, None, *sold, len(items) + 1))
    funder = draw(_chosen("merchant", "merchant", "platform", "third_party"))
    return {"adjustment_type": kind, "line_no": line_no, "amount_minor": draw(st.integers(0, 3000)),
            "funded_by": funder if kind in PROMOTIONS else "merchant"}  # fmt: skip


def _is_plain(item: Row) -> bool:
    is_sale = ITEMS.get(item["item_id"], "sale") in ("sale", None)
    return is_sale and not item["is_gift"] and not item["void_stage"]


@st.composite
def references(draw: st.DrawFn) -> dict[str, list[Row]]:
    """The menu, the recipes and the rules; some have expired, some begin in the middle."""
    spans = st.tuples(st.integers(-9, DAYS), st.integers(-9, DAYS)).map(sorted)
    since = st.one_of(st.just((None, None)), spans.map(tuple))
    recipes = [
        {"item_id": item, "store_id": store, "currency_code": currency,
         "unit_cost_micro": draw(st.integers(0, 3_000_000_000)), **_span(draw(since))}
        for item in ("noodle", "tea") for store, currency in
        ((None, "CNY"), (None, "JPY"), draw(_chosen(*STORES.items())))
    ]  # fmt: skip
    scopes = (
        ("commission", "rate", "platform", PLATFORMS), ("payment", "rate", "tender", TENDERS),
        ("payment", "per_order", "tender", TENDERS), ("food", "rate", "category", ("soups",)),
        ("packaging", "per_order", "channel", CHANNELS),
        ("packaging", "per_line", "channel", CHANNELS),
    )  # fmt: skip
    rules = []
    for number in range(draw(st.integers(2, 10))):
        component, basis, scope, words = draw(_chosen(*scopes))
        value = "rate_bps" if basis == "rate" else "amount_minor"
        rules.append({
            "rule_id": f"r{number}", "component": component, "basis": basis,
            value: draw(st.integers(0, 3000)), scope: draw(_chosen(None, *words)),
            "store_id": draw(_chosen(None, None, *STORES)), "priority": draw(_chosen(None, 0, 5)),
            "currency_code": draw(_chosen(*STORES.values())), **_span(draw(since)),
        })  # fmt: skip
    menu = [{"item_id": item, "item_name": item, "revenue_kind": kind}
            for item, kind in ITEMS.items()]  # fmt: skip
    return {"items": menu, "recipe_costs": recipes, "cost_rules": rules}


def _span(offsets: tuple[int | None, int | None]) -> Row:
    first, last = offsets
    if first is None or last is None:
        return {"valid_from": date(2020, 1, 1), "valid_to": None}
    return {"valid_from": FIRST + timedelta(days=first), "valid_to": FIRST + timedelta(days=last)}


@st.composite
def histories(draw: st.DrawFn, most_orders: int = 12) -> dict[str, list[Row]]:
    """Everything that was dropped in a week: each row with the file it came in."""
    rows: dict[str, list[Row]] = draw(references())
    for number in range(draw(st.integers(1, most_orders))):
        for entity, more in draw(orders(number)).items():
            rows.setdefault(entity, []).extend(more)
    corrected = draw(st.lists(st.sampled_from(rows["orders"]), max_size=2))
    rows["orders"] += [
        {**order, "revision": 2, "customer_key": draw(customers), "status": "paid",
         "source_file_sha256": "f2"}
        for order in {order["order_id"]: order for order in corrected}.values()
    ]  # fmt: skip
    lost = draw(st.lists(_chosen("adjustments", "settlements", "payments"), max_size=3))
    for number, entity in enumerate(lost):
        rows[entity] += [_astray(row, number) for row in rows[entity][:1]]
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
