"""The files of a till, through ingest and the profit models: net sales as worked out by hand."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
import yaml
from chain_home import KEY, Table

from acceptance.sources import meituan_pos, meituan_waimai, toast
from acceptance.stories import SourceStory
from regulars.engines import open_warehouse
from regulars.settings import Settings
from regulars.steps.build_customer_profit import build_margins, build_staging
from regulars.steps.ingest_sales import ingest_source, load_sources


@dataclass(frozen=True)
class Desk:
    """A warehouse with the orders of some sources in it."""

    root: Path
    stories: tuple[SourceStory, ...]

    def fill(self) -> "Desk":
        """Drop the good files of the stories, read them and build what they sold."""
        for story in self.stories:
            for file in story.files:
                path = self.root / "drop" / story.source.folder / file.name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(file.render())
        days = {
            "business_date": f"{max(story.last for story in self.stories)}",
            "first_date": f"{min(story.first for story in self.stories)}",
        }
        with self.entered():
            receipts = [ingest_source(story.source.name, **days) for story in self.stories]
            load_sources(receipts, **days)
            build_staging(**days)
            build_margins(**days)
        return self

    def rows(self, sql: str) -> Table:
        """The rows of a select on the warehouse."""
        with self.entered(), open_warehouse(Settings().warehouse_uri) as opened:
            return list(opened.query(sql).to_pylist())

    def minor(self, sql: str) -> int:
        """The one amount that a select says."""
        (row,) = self.rows(
            f"select cast(coalesce(sum(amount), 0) as bigint) as amount from ({sql})"
        )
        return int(row["amount"])

    @contextmanager
    def entered(self) -> Iterator[None]:
        policy = self.root / "policy"
        policy.mkdir(exist_ok=True)
        (policy / "2000-01-01.yaml").write_text(self._policy(), "utf-8")
        told = {"HOME": self.root / "home", "DROP": self.root / "drop", "POLICY": policy}
        with pytest.MonkeyPatch.context() as patch:
            for name, value in {**told, "IDENTITY_KEY": KEY}.items():
                patch.setenv(f"REGULARS_{name}", str(value))
            yield

    def _policy(self) -> str:
        stores = {store.store_id: store for story in self.stories for store in story.stores}
        currency = self.stories[0].source.currency_code
        document = {
            "name": "tills",
            "valid_from": date(2000, 1, 1),
            "group": {"name": "Group", "name_zh": "集团", "currency_code": currency},
            "stores": [store.model_dump(mode="json") for store in stores.values()],
            "sources": [story.source.model_dump(mode="json") for story in self.stories],
        }
        return yaml.safe_dump(document, allow_unicode=True)


@pytest.fixture(scope="module")
def meituan(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    stories = (meituan_pos.STORY, meituan_waimai.STORY)
    return Desk(tmp_path_factory.mktemp("meituan"), stories).fill()


@pytest.fixture(scope="module")
def elm_street(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    return Desk(tmp_path_factory.mktemp("toast"), (toast.STORY,)).fill()


def net_sales(desk: Desk) -> dict[str, int]:
    rows = desk.rows("select order_id, net_sales_minor from fct_orders order by order_id")
    return {row["order_id"]: row["net_sales_minor"] for row in rows}


def test_the_meituan_tills_net_sales_are_those_worked_out_by_hand(meituan: Desk):
    assert net_sales(meituan) == {"DT1001": 4800, "DT1002": 2600, "DT1003": 0, "WM2001": 3900}


def test_a_refund_without_its_order_stays_with_store_and_day(meituan: Desk):
    (day,) = meituan.rows("select * from fct_reconciliation")
    assert f"{day['business_date']}" == "2025-03-01"
    assert (day["unallocated_minor"], day["recon_delta_minor"]) == (-2000, 0)
    assert day["ledger_minor"] == 4800 + 2600 + 3900 - 2000


def test_a_top_up_is_in_no_order_and_using_it_is_a_payment(meituan: Desk):
    paid = "select tender, amount_minor as amount from stg_payments where store_id = 'S1'"
    assert meituan.minor(f"{paid} and order_id = 'top_up:CZ9001'") == 50000
    assert meituan.minor(f"{paid} and tender = 'stored_value'") == 2000
    assert meituan.rows("select order_id from fct_orders where order_id like 'top_up%'") == []


def test_what_was_paid_is_what_the_orders_came_to(meituan: Desk):
    (day,) = meituan.rows("select payment_delta_minor from fct_reconciliation")
    assert day["payment_delta_minor"] == 0


def test_only_orders_settle_orders(meituan: Desk):
    payouts = "select -amount_minor as amount from stg_settlements where fee_type = 'payout'"
    assert meituan.minor(f"{payouts} and settlement_id like '%:外卖订单:%'") == 7840
    assert meituan.minor(payouts) == 7840 - 950 - 1200 - 150
    assert meituan.minor(f"{payouts} and order_id is null") == -1200 - 150


def test_all_settlement_lines_but_the_payout_add_up_to_it(meituan: Desk):
    lines = "select amount_minor as amount from stg_settlements where fee_type"
    assert meituan.minor(f"{lines} <> 'payout'") == meituan.minor(f"{lines} = 'payout'") == -5540
    assert meituan.minor(f"{lines} = 'recon_delta'") == 10


def test_toasts_net_sales_are_those_worked_out_by_hand(elm_street: Desk):
    assert net_sales(elm_street) == {
        toast.LATE: 3200, toast.PLATFORM: 2000, toast.VOIDED: 0, toast.UNPAID: 0, toast.CARD: 600,
    }  # fmt: skip


def test_a_gift_card_sold_is_owed_and_not_earned(elm_street: Desk):
    assert elm_street.minor("select liability_minor as amount from fct_orders") == 5000


def test_toasts_ledger_ties_on_the_day_of_its_folder(elm_street: Desk):
    (day,) = elm_street.rows("select * from fct_reconciliation")
    assert f"{day['business_date']}" == "2025-01-10"
    assert (day["ledger_minor"], day["recon_delta_minor"]) == (5800, 0)
    assert day["payment_delta_minor"] == 0
