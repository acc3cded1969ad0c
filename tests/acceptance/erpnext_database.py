"""A small database with the tables of ERPNext, and one day that tells their quirks."""

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

SCHEMA = sa.MetaData()
_MONEY = sa.Numeric
_TEXT = sa.String


def _table(name: str, **columns: Any) -> sa.Table:
    own = [sa.Column("name", sa.String, primary_key=True), sa.Column("modified", sa.DateTime)]
    return sa.Table(f"tab{name}", SCHEMA, *own, *(sa.Column(*one) for one in columns.items()))


def _invoice(name: str, **more: Any) -> sa.Table:
    texts = ("customer", "contact_mobile", "contact_email", "currency", "coupon_code",
             "payment_terms_template")  # fmt: skip
    money = ("net_total", "grand_total", "rounded_total", "paid_amount", "change_amount",
             "write_off_amount", "outstanding_amount", "loyalty_amount")  # fmt: skip
    return _table(
        name,
        **dict.fromkeys(texts, _TEXT),
        **dict.fromkeys(money, _MONEY),
        **dict.fromkeys(("is_return", "docstatus"), sa.Integer),
        **dict.fromkeys(("posting_date", "due_date"), sa.Date),
        posting_time=sa.Time,
        return_against=_TEXT,
        **more,
    )


def _item(name: str, reference: str) -> sa.Table:
    return _table(
        name,
        **dict.fromkeys(("parent", "item_code", "item_name", "item_group", reference), _TEXT),
        **dict.fromkeys(("qty", "net_amount", "discount_amount"), _MONEY),
        distributed_discount_amount=_MONEY,
        idx=sa.Integer,
    )  # fmt: skip


POS_INVOICE = _invoice("POS Invoice", pos_profile=_TEXT, consolidated_invoice=_TEXT)
SALES_INVOICE = _invoice("Sales Invoice", cost_center=_TEXT, is_consolidated=sa.Integer)
POS_ITEM = _item("POS Invoice Item", "pos_invoice_item")
SALES_ITEM = _item("Sales Invoice Item", "sales_invoice_item")
PAYMENT = _table("Sales Invoice Payment", parent=_TEXT, parenttype=_TEXT, mode_of_payment=_TEXT,
                 amount=_MONEY)  # fmt: skip
ENTRY = _table("Payment Entry", posting_date=sa.Date, docstatus=sa.Integer)
REFERENCE = _table("Payment Entry Reference", parent=_TEXT, reference_name=_TEXT)
TERMS = _table("Payment Terms Template Detail", parent=_TEXT, credit_days=sa.Integer)
CUSTOMER = _table(
    "Customer",
    **dict.fromkeys(("customer_name", "customer_type", "mobile_no", "email_id", "language",
                     "tax_id", "account_manager", "payment_terms"), _TEXT),
    creation=sa.DateTime,
)  # fmt: skip

_NOBODY = dict.fromkeys(
    ("contact_mobile", "contact_email", "coupon_code", "payment_terms_template", "due_date",
     "return_against")
)  # fmt: skip


def _bill(name: str, customer: str, at: str, amounts: str, **more: Any) -> dict[str, Any]:
    """Net, grand, rounded, paid, change, written off, outstanding, loyalty."""
    names = ("net_total", "grand_total", "rounded_total", "paid_amount", "change_amount",
             "write_off_amount", "outstanding_amount", "loyalty_amount")  # fmt: skip
    moment = datetime.fromisoformat(f"2025-02-{at}")
    return {
        "name": name, "customer": customer, "currency": "INR", "is_return": 0, "docstatus": 1,
        "posting_date": moment.date(), "posting_time": moment.time(), "modified": moment,
        **dict(zip(names, amounts.split(), strict=True)), **_NOBODY, **more,
    }  # fmt: skip


def _till(*given: Any, **more: Any) -> dict[str, Any]:
    always = {"pos_profile": "Main Counter", "consolidated_invoice": None}
    return _bill(*given, **{**always, **more})


def _office(*given: Any, **more: Any) -> dict[str, Any]:
    return _bill(*given, **{"cost_center": "Main - SG", "is_consolidated": 0, **more})


def _sold(
    name: str, parent: str, reference: str, item: str, amounts: str, **more: Any
) -> dict[str, Any]:
    """Quantity, net, discount per unit, share of the invoice's discount."""
    names = ("qty", "net_amount", "discount_amount", "distributed_discount_amount")
    return {
        "name": name, "parent": parent, "idx": 1, "item_code": item.upper(), "item_name": item,
        "item_group": "Food", reference: None, "modified": datetime(2025, 2, 10),
        **dict(zip(names, amounts.split(), strict=True)), **more,
    }  # fmt: skip


def _paid(
    name: str, parent: str, mode: str, amount: str, kind: str = "POS Invoice"
) -> dict[str, Any]:
    return {"name": name, "parent": parent, "parenttype": kind, "mode_of_payment": mode,
            "amount": amount, "modified": datetime(2025, 2, 10)}  # fmt: skip


def _customer(name: str, called: str, kind: str, **more: Any) -> dict[str, Any]:
    columns = ("mobile_no", "email_id", "tax_id", "account_manager", "payment_terms")
    joined = datetime(2024, 5, 1, 9, 0)
    always = {**dict.fromkeys(columns), "language": "en", "creation": joined, "modified": joined}
    return {"name": name, "customer_name": called, "customer_type": kind, **always, **more}


_POS, _SALES = "pos_invoice_item", "sales_invoice_item"
_ROWS: dict[sa.Table, list[dict[str, Any]]] = {
    POS_INVOICE: [
        _till("P-0", "CUST-1", "01 13:00:00", "108 113.40 113.40 113.40 0 0 0 0"),
        # A coupon, points, rounding up, change.
        _till("P-1", "CUST-1", "10 12:10:00", "250 262.50 263 300 50 0 0 13",
              contact_mobile="+91 90000 00001", coupon_code="FEB10"),
        # A company on terms: a part is paid at the till, the rest is owed.
        _till("P-2", "CUST-2", "10 13:00:00", "2000 2100 2100 600 0 0 1500 0",
              payment_terms_template="30 days", due_date=date(2025, 3, 12),
              consolidated_invoice="S-1"),
        _till("P-3", "CUST-1", "10 13:30:00", "60 63 63 0 0 0 63 0", docstatus=0),
        _till("P-4", "CUST-1", "10 13:40:00", "60 63 63 63 0 0 0 0", docstatus=2),
        # A dosa of nine days ago comes back.
        _till("P-5", "CUST-1", "10 14:00:00", "-108 -113.40 -113.40 -113.40 0 0 0 0", is_return=1,
              return_against="P-0"),
        # Somebody walks in; half a rupee is written off.
        _till("P-6", "Guest", "10 20:00:00", "60 63 63 62.50 0 0.50 0 0"),
    ],
    SALES_INVOICE: [
        _office("S-1", "CUST-2", "10 23:00:00", "2000 2100 2100 600 0 0 1500 0", is_consolidated=1),
        # Catering on account, paid the next morning.
        _office("S-2", "CUST-2", "10 16:00:00", "9000 9450 9450 0 0 0 0 0",
                payment_terms_template="30 days", due_date=date(2025, 3, 12),
                modified=datetime(2025, 2, 11, 2, 0)),
    ],
    POS_ITEM: [
        _sold("I-00", "P-0", _POS, "Dosa", "1 108 12 0"),
        _sold("I-11", "P-1", _POS, "Dosa", "2 195.65 12 20.35"),
        _sold("I-12", "P-1", _POS, "Lassi", "1 54.35 0 5.65", idx=2),
        _sold("I-21", "P-2", _POS, "Thali", "10 2000 0 0"),
        _sold("I-31", "P-3", _POS, "Lassi", "1 60 0 0"),
        _sold("I-41", "P-4", _POS, "Lassi", "1 60 0 0"),
        _sold("I-51", "P-5", _POS, "Dosa", "-1 -108 12 0", pos_invoice_item="I-00"),
        _sold("I-61", "P-6", _POS, "Lassi", "1 60 0 0"),
    ],
    SALES_ITEM: [
        _sold("J-11", "S-1", _SALES, "Thali", "10 2000 0 0"),
        _sold("J-21", "S-2", _SALES, "Thali", "50 9000 0 0"),
    ],
    PAYMENT: [
        _paid("Y-01", "P-0", "Cash", "113.40"),
        _paid("Y-11", "P-1", "Cash", "300"),
        _paid("Y-12", "P-1", "Credit Card", "0"),
        _paid("Y-21", "P-2", "UPI", "600"),
        _paid("Y-51", "P-5", "Cash", "-113.40"),
        _paid("Y-61", "P-6", "Cash", "62.50"),
        _paid("Z-11", "S-1", "UPI", "600", "Sales Invoice"),
    ],
    ENTRY: [
        {"name": "E-1", "posting_date": date(2025, 2, 11), "docstatus": 1, "modified": None},
        {"name": "E-2", "posting_date": date(2025, 2, 12), "docstatus": 2, "modified": None},
    ],
    REFERENCE: [
        {"name": "R-1", "parent": "E-1", "reference_name": "S-2", "modified": None},
        {"name": "R-2", "parent": "E-2", "reference_name": "S-2", "modified": None},
    ],
    TERMS: [{"name": "T-1", "parent": "30 days", "credit_days": 30, "modified": None}],
    CUSTOMER: [
        _customer("CUST-1", "Mira Sample", "Individual", mobile_no="+91 90000 00001",
                  email_id="mira@example.com"),
        _customer("CUST-2", "Sample Offices", "Company", payment_terms="30 days",
                  account_manager="manager@example.com", tax_id="29AAAAA0000A1Z5"),
        _customer("Guest", "Guest", "Individual"),
    ],
}  # fmt: skip


def make_erpnext(url: str) -> None:
    """Make the tables in an empty database and fill them."""
    engine = sa.create_engine(url)
    with engine.begin() as connection:
        SCHEMA.create_all(connection)
        for table, rows in _ROWS.items():
            connection.execute(table.insert(), rows)
    engine.dispose()
