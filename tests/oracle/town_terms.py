"""What a random town agrees on: its menu, recipes, rules and figures, its people and charges."""

from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

Row = dict[str, Any]
FIRST, DAYS = date(2025, 3, 3), 6
LAST = FIRST + timedelta(days=70)
"""Orders come in the first days; charges go on for two months."""
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
POLICY: Row = {
    "service": {
        "practical_share": "0.8",
        "rates": [
            {"valid_from": date(2024, 1, 1), "hour_cost_minor": 4320, "order_minutes": 2,
             "cover_minutes": 6, "line_minutes": "1.5", "table_share": "0.1",
             "channel_minutes": {"catering": 20}},
            {"valid_from": FIRST + timedelta(days=2), "store_id": "S2", "hour_cost_minor": 2400,
             "order_minutes": "0.333", "line_minutes": 1},
        ],
    },
    "charges": {
        "points": [{"valid_from": date(2024, 1, 1), "valid_to": FIRST + timedelta(days=3),
                    "point_value_minor": "2.5", "redemption_share": "0.6"}],
        "contacts": [{"valid_from": date(2024, 1, 1), "contact_channel": "sms", "cost_minor": 8}],
        "acquisition": [{"valid_from": date(2024, 1, 1), "source": "ads", "cost_minor": 3001,
                         "amortisation_days": 100}],
        "capital": [{"valid_from": date(2024, 1, 1), "annual_rate": "0.06"}],
    },
}  # fmt: skip
PEOPLE: list[Row] = [
    {"customer_key": "c1", "customer_kind": "consumer", "acquisition_source": "ads"},
    {"customer_key": "c2", "customer_kind": "consumer", "acquisition_source": "friends"},
    {"customer_key": "c3", "customer_kind": "business", "acquisition_source": "ads",
     "account_id": "A1"},
]  # fmt: skip
FEES = ("commission", "delivery", "processing", "insurance", "adjustment", "merchant_promo", "ads",
        "payout", "tax_withheld", "sales", "tip", "error_charge", "error_charge")  # fmt: skip
days = st.integers(0, DAYS - 1).map(lambda ago: FIRST + timedelta(days=ago))
amounts = st.integers(0, 20_000)
maybe_amount = st.one_of(st.none(), st.integers(0, 900))
customers = st.sampled_from([None, "c1", "c2", "c3"])
flags = st.booleans()
seldom = st.sampled_from([False, False, False, False, True])


def chosen(*values: Any) -> st.SearchStrategy[Any]:
    """One of some values; those named often come often."""
    return st.sampled_from(values)


def points() -> st.SearchStrategy[Row]:
    """Points that came or went."""
    return st.fixed_dictionaries(
        {
            "event_kind": chosen("earned", "earned", "corrected", "redeemed", "expired"),
            "points_milli": st.integers(-50_000, 500_000),
        }
    )


@st.composite
def references(draw: st.DrawFn) -> dict[str, list[Row]]:
    """The menu, the recipes and the rules; some have expired, some begin in the middle."""
    spans = st.tuples(st.integers(-9, DAYS), st.integers(-9, DAYS)).map(sorted)
    since = st.one_of(st.just((None, None)), spans.map(tuple))
    recipes = [
        {"item_id": item, "store_id": store, "currency_code": currency,
         "unit_cost_micro": draw(st.integers(0, 3_000_000_000)), **_span(draw(since))}
        for item in ("noodle", "tea") for store, currency in
        ((None, "CNY"), (None, "JPY"), draw(chosen(*STORES.items())))
    ]  # fmt: skip
    scopes = (
        ("commission", "rate", "platform", PLATFORMS), ("payment", "rate", "tender", TENDERS),
        ("payment", "per_order", "tender", TENDERS), ("food", "rate", "category", ("soups",)),
        ("packaging", "per_order", "channel", CHANNELS),
        ("packaging", "per_line", "channel", CHANNELS),
    )  # fmt: skip
    rules = []
    for number in range(draw(st.integers(2, 10))):
        component, basis, scope, words = draw(chosen(*scopes))
        value = "rate_bps" if basis == "rate" else "amount_minor"
        rules.append({
            "rule_id": f"r{number}", "component": component, "basis": basis,
            value: draw(st.integers(0, 3000)), scope: draw(chosen(None, *words)),
            "store_id": draw(chosen(None, None, *STORES)), "priority": draw(chosen(None, 0, 5)),
            "currency_code": draw(chosen(*STORES.values())), **_span(draw(since)),
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
def charges(draw: st.DrawFn) -> dict[str, list[Row]]:
    """What belongs to no order: invoices, contacts, and points given as a welcome."""
    invoices = [
        {"invoice_id": f"i{number}", "account_id": "A1", "store_id": "S1", "due_on": LAST,
         "issued_on": draw(days), "amount_minor": draw(st.integers(0, 900_000)),
         "paid_on": draw(st.one_of(st.none(), days.map(lambda day: day + timedelta(days=45)))),
         "currency_code": "CNY"}
        for number in range(draw(st.integers(0, 2)))
    ]  # fmt: skip
    contacts = [
        {"customer_key": draw(chosen("c1", "c2")), "store_id": "S1",
         "contact_channel": draw(chosen("sms", "wechat")), "business_date": draw(days)}
        for _ in range(draw(st.integers(0, 3)))
    ]  # fmt: skip
    store = draw(chosen(*STORES))
    gifts = [
        {**draw(points()), "event_id": f"g{number}", "store_id": store, "order_id": None,
         "customer_key": draw(customers), "business_date": draw(days),
         "currency_code": STORES[store]}
        for number in range(draw(st.integers(0, 2)))
    ]  # fmt: skip
    return {"customers": PEOPLE, "invoices": invoices, "contacts_made": contacts, "gifts": gifts}
