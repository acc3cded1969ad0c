"""The settlement of Meituan's delivery: what is a sale, a cost, a share, or none of ours."""

from pathlib import Path

import pytest
from exports import Cells, csv_text, read_text_as, set_aside, told

from acceptance.sources.meituan_waimai import HEADER, STORY, event
from regulars.sources.files import FileContents, Reason

DAY, LINES = "2025-03-05", "fee_type amount"


def settle(folder: Path, *rows: Cells) -> FileContents:
    return read_text_as(folder, STORY.source, "账单明细_2025-03-05.csv", csv_text(HEADER, rows))


def test_what_the_platform_gave_the_guest_is_a_part_of_the_price(tmp_path):
    row = event(
        DAY, "外卖订单", "1", "27.00", 商品总价="30.00", 美团活动补贴="10.00", 平台服务费="-3.00"
    )
    assert told(settle(tmp_path, row), "settlements", LINES) == [
        "sales|-20.00", "commission|3.00", "platform_promo|-10.00", "payout|-27.00",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("by", "paid", "lines"),
    [
        ("商家自配送", "24.00", ["sales|-20.00", "sales|-4.00", "payout|-24.00"]),
        ("美团专送", "20.00", ["sales|-20.00", "payout|-20.00"]),
        ("美团专送", "24.00", ["sales|-20.00", "recon_delta|-4.00", "payout|-24.00"]),
    ],
)
def test_who_delivers_gets_the_delivery_fee(tmp_path, by, paid, lines):
    row = event(DAY, "外卖订单", "1", paid, 商品总价="20.00", 用户支付配送费="4.00", 配送方式=by)
    assert told(settle(tmp_path, row), "settlements", LINES) == lines


def test_what_does_not_tie_is_a_line_and_is_told(tmp_path):
    rows = [
        event(DAY, "外卖订单", "1", "19.98", 商品总价="20.00"),
        event(DAY, "外卖订单", "2", "20.00", 商品总价="20.00"),
    ]
    contents = settle(tmp_path, *rows)
    assert told(contents, "settlements", LINES)[1] == "recon_delta|0.02"
    (finding,) = [one for one in contents.findings if one.code is Reason.AMOUNTS_DIFFER]
    assert "1 of 2 payouts" in finding.message


@pytest.mark.parametrize(
    ("kind", "fee", "order_id"),
    [
        ("商户推广费", "ads", ""),
        ("骑手意外保险", "insurance", ""),
        ("营销服务", "marketing", ""),
        ("用户赔付", "error_charge", "1"),
        ("账单调账", "adjustment", ""),
    ],
)
def test_a_charge_is_one_line_under_its_own_name(tmp_path, kind, fee, order_id):
    contents = settle(tmp_path, event(DAY, kind, "1", "-5.00"))
    assert told(contents, "settlements", "fee_type amount order_id") == [
        f"{fee}|5.00|{order_id}", f"payout|5.00|{order_id}",
    ]  # fmt: skip


def test_own_money_is_out_of_scope_and_an_unknown_kind_is_set_aside(tmp_path):
    rows = [event(DAY, kind, "", "-5.00") for kind in ("余额提现", "推广充值金充值", "神秘扣费")]
    contents = settle(tmp_path, *rows)
    # 推广 is looked for before 充值: what was paid for advertising is its cost.
    assert contents.out_of_scope_rows == 1
    assert told(contents, "settlements", LINES) == ["ads|5.00", "payout|5.00"]
    assert set_aside(contents) == {4: "unknown_code"}


def test_two_equal_charges_of_a_day_are_two_and_keep_their_numbers(tmp_path):
    rows = [event(DAY, "推广费", "", amount) for amount in ("-5.00", "-7.00", "-5.00")]
    usual = told(settle(tmp_path, *rows), "settlements", "settlement_id amount")
    turned = told(settle(tmp_path, *rows[::-1]), "settlements", "settlement_id amount")
    assert len(set(usual)) == 6
    assert sorted(turned) == sorted(usual)
