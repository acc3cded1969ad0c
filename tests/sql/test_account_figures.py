"""What accounts and their head offices bought, how they buy, who works for them, how they pay."""

from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from kitchen import DAY, Kitchen, OpenKitchen

SHOPS = [
    {"store_id": store, "store_name": store, "time_zone": "Asia/Shanghai", "currency_code": "CNY"}
    for store in ("S1", "S2")
]


@pytest.fixture(scope="module")
def chain(open_kitchen: OpenKitchen):
    with open_kitchen(stores=SHOPS) as opened:
        yield opened


def found(kitchen: Kitchen) -> Kitchen:
    """A head office that never orders itself, two branches, and a stranger of a company."""
    kitchen.rows.clear()
    for account_id, parent in (("head", None), ("b1", "head"), ("b2", "head"), ("other", None)):
        kitchen.put("accounts", account_id=account_id, account_key=f"a_{account_id}",
                    parent_account_id=parent)  # fmt: skip
    return kitchen


@pytest.fixture
def company(chain: Kitchen) -> Kitchen:
    """The company, founded anew."""
    return found(chain)


def sell(kitchen: Kitchen, order_id: str, price: int, account_id: str | None, **values: object):
    store = str(values.get("store_id", "S1"))
    kitchen.order(order_id, total_minor=price, account_id=account_id, **values)
    return kitchen.line(order_id, 1, price, store_id=store)


def profits(kitchen: Kitchen) -> dict[str, tuple[int, int, int, int]]:
    names = ("order_count", "net_sales_minor", "house_order_count", "house_net_sales_minor")
    rows = kitchen.taste(f"select * from fct_account_profits where snapshot_date = date '{DAY}'")
    return {row["account_id"]: tuple(row[name] for name in names) for row in rows}


def test_a_head_office_without_an_order_shows_what_its_branches_bought(company: Kitchen):
    sell(company, "o1", 3000, "b1")
    sell(company, "o2", 2000, "b2")
    sell(company, "o3", 700, "other")
    sell(company, "void", 900, "b1", status="voided")
    sell(company, "private", 500, None, customer_key="clerk")
    company.cook().measure([DAY], "fct_account_profits")
    assert profits(company) == {
        "head": (0, 0, 2, 5000), "b1": (1, 3000, 2, 5000), "b2": (1, 2000, 2, 5000),
        "other": (1, 700, 1, 700),
    }  # fmt: skip


def test_a_year_back_is_where_an_accounts_figures_begin(company: Kitchen):
    first = DAY - timedelta(days=364)
    sell(company, "y1", 3000, "b1", on=first)
    sell(company, "y2", 2000, "b1", on=first - timedelta(days=1))
    company.cook(first - timedelta(days=1), DAY).measure([DAY], "fct_account_profits")
    assert profits(company)["b1"] == (1, 3000, 1, 3000)


ORDERS = st.lists(
    st.tuples(st.sampled_from(["head", "b1", "b2", "other", None, "unlisted"]), st.integers(1, 99)),
    min_size=1, max_size=8,
)  # fmt: skip


@settings(deadline=None, max_examples=15)
@given(ORDERS)
def test_accounts_add_up_to_the_orders_and_houses_to_their_accounts(chain: Kitchen, orders):
    company = found(chain)
    for number, (account_id, price) in enumerate(orders):
        sell(company, f"h{number}", price, account_id)
    company.cook().measure([DAY], "fct_account_profits")
    house_of = {"head": "head", "b1": "head", "b2": "head", "other": "other"}
    own, whole = Counter[str](), Counter[str]()
    for account_id, price in orders:
        if account_id in house_of:
            own[account_id] += price
            whole[house_of[account_id]] += price
    told = profits(company)
    assert sum(figures[1] for figures in told.values()) == sum(own.values())
    for account_id, (_, net_sales, _, house_net_sales) in told.items():
        assert net_sales == own[account_id]
        assert house_net_sales == whole[house_of[account_id]]


def accounts(kitchen: Kitchen) -> dict[str, dict[str, object]]:
    kitchen.build("int_profiles", "dim_accounts")
    return {row["account_id"]: row for row in kitchen.taste("select * from dim_accounts")}


def test_two_people_in_two_stores_buy_scattered_and_one_desk_buys_centrally(company: Kitchen):
    sell(company, "o1", 100, "b1", customer_key="ann")
    sell(company, "o2", 100, "b1", customer_key="bob", store_id="S2")
    sell(company, "o3", 100, "b2", customer_key="ann")
    sell(company, "o4", 100, "b2", customer_key="ann", store_id="S2")
    told = accounts(company.stage())
    assert {name: (row["buying_mode"], row["store_count"], row["orderer_count"])
            for name, row in told.items()} == {
        "head": (None, 0, 0), "b1": ("scattered", 2, 2), "b2": ("central", 2, 1),
        "other": (None, 0, 0),
    }  # fmt: skip
    assert told["b1"]["buying_mode_source"] == "observed"


def test_what_an_account_says_of_its_buying_counts_more_than_what_we_see(company: Kitchen):
    company.put("accounts", account_id="c", account_key="a_c", buying_mode="scattered")
    sell(company, "o1", 100, "c", customer_key="ann")
    row = accounts(company.stage())["c"]
    assert (row["buying_mode"], row["buying_mode_source"]) == ("scattered", "stated")


def test_employees_are_counted_without_the_profile_that_stands_for_the_account(company: Kitchen):
    for who, kind in (("desk", "business"), ("ann", "consumer"), ("bob", "consumer")):
        company.put("customers", customer_key=who, customer_kind=kind, account_id="b1")
    row = accounts(company.stage())["b1"]
    assert (row["customer_key"], row["employee_count"]) == ("desk", 2)


def test_how_late_an_account_pays_is_the_mean_over_its_paid_invoices(company: Kitchen):
    due = date(2025, 2, 1)
    for number, late in enumerate((10, -3, None)):
        paid = None if late is None else due + timedelta(days=late)
        company.put("invoices", invoice_id=f"V{number}", account_id="b1", issued_on=due,
                    due_on=due, paid_on=paid, revision=2)  # fmt: skip
    company.put("invoices", invoice_id="V1", account_id="b1", issued_on=due, due_on=due,
                revision=1)  # fmt: skip
    told = accounts(company.stage())
    assert (told["b1"]["invoice_count"], told["b1"]["payment_delay_days"]) == (3, 3.5)
    assert told["b2"]["payment_delay_days"] is None
