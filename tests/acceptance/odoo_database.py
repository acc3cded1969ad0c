"""A small database with the tables of Odoo's point of sale, and one day that tells its quirks."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa

SCHEMA = sa.MetaData()
_MONEY = sa.Numeric


def _table(name: str, *columns: sa.Column[Any]) -> sa.Table:
    own = sa.Column("id", sa.Integer, primary_key=True)
    dates = [sa.Column(when, sa.DateTime) for when in ("create_date", "write_date")]
    return sa.Table(name, SCHEMA, own, *columns, *dates)


def _column(name: str, kind: Any = sa.Integer) -> sa.Column[Any]:
    return sa.Column(name, kind)


CONFIG = _table("pos_config", _column("name", sa.String), _column("tip_product_id"))
PARTNER = _table(
    "res_partner",
    *(_column(name, sa.String) for name in ("name", "phone", "mobile", "email", "lang", "vat")),
    _column("is_company", sa.Boolean),
    _column("commercial_partner_id"),
    _column("supplier_rank"),
)
CATEGORY = _table("product_category", _column("complete_name", sa.String))
TEMPLATE = _table("product_template", _column("categ_id"))
PRODUCT = _table("product_product", _column("product_tmpl_id"), _column("default_code", sa.String))
METHOD = _table("pos_payment_method", _column("name", sa.JSON))
ORDER = _table(
    "pos_order",
    *(_column(name, sa.String) for name in ("pos_reference", "state", "mobile", "email")),
    *(_column(name) for name in ("config_id", "partner_id", "table_id", "customer_count")),
    _column("date_order", sa.DateTime),
    *(
        _column(name, _MONEY)
        for name in ("amount_total", "amount_tax", "amount_paid", "tip_amount")
    ),
)
LINE = _table(
    "pos_order_line",
    *(_column(name) for name in ("order_id", "product_id", "refunded_orderline_id",
                                 "combo_parent_id")),
    _column("full_product_name", sa.String),
    *(_column(name, _MONEY) for name in ("qty", "price_unit", "discount", "price_subtotal",
                                         "price_subtotal_incl", "total_cost")),
)  # fmt: skip
PAYMENT = _table(
    "pos_payment",
    _column("pos_order_id"),
    _column("payment_method_id"),
    _column("amount", _MONEY),
    _column("payment_date", sa.DateTime),
    _column("is_change", sa.Boolean),
)


def _utc(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _order(
    number: int, at: str, state: str, config: int, amounts: str, **more: Any
) -> dict[str, Any]:
    total, tax, paid, tip = amounts.split()
    return {
        "id": number, "pos_reference": f"Order {number}", "date_order": _utc(at), "state": state,
        "config_id": config, "partner_id": None, "table_id": None, "customer_count": None,
        "mobile": None, "email": None, "amount_total": total, "amount_tax": tax,
        "amount_paid": paid, "tip_amount": tip, "create_date": _utc(at), "write_date": _utc(at),
        **more,
    }  # fmt: skip


def _line(
    number: int, order: int, product: int, name: str, amounts: str, **more: Any
) -> dict[str, Any]:
    qty, price, discount, net, gross, cost = amounts.split()
    at = next(one["write_date"] for one in ORDERS if one["id"] == order)
    return {
        "id": number, "order_id": order, "product_id": product, "full_product_name": name,
        "qty": qty, "price_unit": price, "discount": discount, "price_subtotal": net,
        "price_subtotal_incl": gross, "total_cost": cost, "refunded_orderline_id": None,
        "combo_parent_id": None, "create_date": at, "write_date": at, **more,
    }  # fmt: skip


def _payment(number: int, order: int, method: int, amount: str, **more: Any) -> dict[str, Any]:
    at = next(one["write_date"] for one in ORDERS if one["id"] == order)
    return {
        "id": number, "pos_order_id": order, "payment_method_id": method, "amount": amount,
        "payment_date": at, "is_change": False, "create_date": at, "write_date": at, **more,
    }  # fmt: skip


# Total, tax, paid, tip. 101: a discounted pizza, a combo, a tip, 3.00 off, cash rounding.
# 102: after midnight, before the cut-off. 103: a draft. 104: a refund of a sale a week ago.
# 105: a soup of 101 is taken back, three others are bought. 90: the sale a week ago.
ORDERS = [
    _order(90, "2025-01-03 12:00:00", "done", 1, "13.20 1.20 13.20 0"),
    _order(101, "2025-01-10 11:10:00", "done", 1, "29.06 2.46 29.05 2.00", partner_id=11,
           table_id=7, customer_count=2, mobile="+49 151 0000001"),
    _order(103, "2025-01-10 11:20:00", "draft", 1, "13.20 1.20 0 0"),
    _order(104, "2025-01-10 18:00:00", "paid", 1, "-13.20 -1.20 -13.20 0"),
    _order(105, "2025-01-10 19:00:00", "invoiced", 2, "13.20 1.20 13.20 0", partner_id=13),
    _order(102, "2025-01-11 02:30:00", "paid", 1, "13.20 1.20 13.20 0"),
]  # fmt: skip
# Quantity, price, discount in percent, worth without tax, with tax, cost.
LINES = [
    _line(901, 90, 31, "Pizza", "1 12.00 0 12.00 13.20 3.20"),
    _line(1001, 101, 31, "Pizza", "2 12.00 10 21.60 23.76 6.40"),
    _line(1002, 101, 33, "Lunch menu", "1 0 0 0 0 0"),
    _line(1003, 101, 32, "Soup", "1 6.00 0 6.00 6.60 1.50", combo_parent_id=1002),
    _line(1004, 101, 39, "Tip", "1 2.00 0 2.00 2.00 0"),
    _line(1005, 101, 38, "3.00 on your order", "1 -3.00 0 -3.00 -3.30 0"),
    _line(1007, 103, 31, "Pizza", "1 12.00 0 12.00 13.20 3.20"),
    _line(1008, 104, 31, "Pizza", "-1 12.00 0 -12.00 -13.20 -3.20", refunded_orderline_id=901),
    _line(1009, 105, 32, "Soup", "3 6.00 0 18.00 19.80 4.50"),
    _line(1010, 105, 32, "Soup", "-1 6.00 0 -6.00 -6.60 -1.50", refunded_orderline_id=1003),
    _line(1006, 102, 31, "Pizza", "1 12.00 0 12.00 13.20 3.20"),
]
PAYMENTS = [
    _payment(500, 90, 2, "13.20"),
    _payment(501, 101, 1, "40.00"),
    _payment(502, 101, 1, "-10.95", is_change=True),
    _payment(504, 104, 2, "-13.20"),
    _payment(505, 105, 2, "13.20"),
    _payment(503, 102, 2, "13.20"),
]
_JOINED = {"create_date": _utc("2024-06-01 10:00:00"), "write_date": _utc("2024-06-01 10:00:00")}
PARTNERS = [
    {"id": 11, "name": "Ada Sample", "mobile": "+49 151 0000001", "phone": "+49 30 0000001",
     "email": "ada@example.com", "lang": "de_DE", "is_company": False,
     "commercial_partner_id": 11, "supplier_rank": 0, "vat": None, **_JOINED},
    {"id": 12, "name": "Sample Offices", "mobile": None, "phone": None,
     "email": "office@example.com", "lang": "en_US", "is_company": True,
     "commercial_partner_id": 12, "supplier_rank": 0, "vat": "DE000000001", **_JOINED},
    {"id": 13, "name": "Ben Sample", "mobile": None, "phone": None, "email": None,
     "lang": "en_US", "is_company": False, "commercial_partner_id": 12, "supplier_rank": 0,
     "vat": None, **_JOINED},
    {"id": 20, "name": "Flour Mill", "mobile": None, "phone": None, "email": None,
     "lang": "en_US", "is_company": True, "commercial_partner_id": 20, "supplier_rank": 1,
     "vat": None, **_JOINED},
]  # fmt: skip
_ROWS: dict[sa.Table, list[dict[str, Any]]] = {
    CONFIG: [
        {"id": 1, "name": "Corner Shop", "tip_product_id": 39},
        {"id": 2, "name": "Old Town", "tip_product_id": 39},
    ],
    CATEGORY: [{"id": 5, "complete_name": "All / Food"}],
    TEMPLATE: [{"id": number + 100, "categ_id": 5} for number in (31, 32, 33, 38, 39)],
    PRODUCT: [
        {"id": number, "product_tmpl_id": number + 100, "default_code": f"P{number}"}
        for number in (31, 32, 33, 38, 39)
    ],
    METHOD: [
        {"id": 1, "name": {"en_US": "Cash", "de_DE": "Bar"}},
        {"id": 2, "name": {"en_US": "Bank card", "de_DE": "Karte"}},
    ],
    PARTNER: PARTNERS,
    ORDER: ORDERS,
    LINE: LINES,
    PAYMENT: PAYMENTS,
}


def make_odoo(url: str) -> None:
    """Make the tables in an empty database and fill them."""
    engine = sa.create_engine(url)
    with engine.begin() as connection:
        SCHEMA.create_all(connection)
        for table, rows in _ROWS.items():
            connection.execute(table.insert(), rows)
    engine.dispose()


def write_row(url: str, table: sa.Table, number: int, **changes: Any) -> None:
    """Change a row, as Odoo would."""
    engine = sa.create_engine(url)
    with engine.begin() as connection:
        connection.execute(table.update().where(table.c.id == number).values(**changes))
    engine.dispose()
