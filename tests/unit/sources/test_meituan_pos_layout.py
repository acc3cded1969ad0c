"""The reports of the Meituan till: what single rows of it become, and whose word decides."""

import datetime as dt
import io
import random
from pathlib import Path

import pytest
import xlsxwriter
from exports import Cells, csv_text, read_text_as, set_aside, told

from acceptance.sources.meituan_pos import (
    ITEM_HEADER,
    ITEMS,
    ORDER_HEADER,
    RECEIPT_HEADER,
    STORY,
    dish,
    order,
    receipt,
)
from regulars.sources.discovery import discover
from regulars.sources.files import FileContents, Reason
from regulars.sources.layouts import LAYOUTS, load_layout
from regulars.sources.reading import read

HEADERS = {"全渠道订单明细": ORDER_HEADER, "品项销售明细": ITEM_HEADER, "收款明细": RECEIPT_HEADER}
PAID_AT = "2025-03-01 12:00:00"


def report(folder: Path, name: str, *rows: Cells, layouts: Path = LAYOUTS) -> FileContents:
    text = csv_text(HEADERS[name], rows, above=f"{name}\n门店\n")
    return read_text_as(folder, STORY.source, f"{name}_2025-03-01.csv", text, layouts)


def assuming(folder: Path, usual: str, other: str) -> Path:
    """The layout with another assumption."""
    text = (LAYOUTS / "meituan_pos.yaml").read_text("utf-8")
    assert usual in text
    (folder / "layouts").mkdir()
    (folder / "layouts" / "meituan_pos.yaml").write_text(text.replace(usual, other), "utf-8")
    return folder / "layouts"


@pytest.mark.parametrize(
    ("way", "origin", "channel", "platform"),
    [
        ("堂食", "收银机", "dine_in", ""),
        ("打包带走", "收银机", "takeaway", ""),
        ("外卖", "自营外卖", "delivery_own", ""),
        ("外卖", "饿了么", "delivery_platform", "eleme"),
        ("自取", "美团外卖", "takeaway", "meituan_waimai"),
        ("宴会", "收银机", "catering", ""),
    ],
)
def test_the_channel_follows_from_how_and_where_it_was_ordered(
    tmp_path, way, origin, channel, platform
):
    contents = report(
        tmp_path, "全渠道订单明细", order("1", "5.00", "5.00", 用餐方式=way, 订单来源=origin)
    )
    assert told(contents, "orders", "channel platform") == [f"{channel}|{platform}"]


def test_words_that_nobody_knows_are_set_aside_and_not_guessed(tmp_path):
    contents = report(
        tmp_path, "全渠道订单明细",
        order("1", "5.00", "5.00", 订单状态="神秘状态"),
        order("2", "5.00", "5.00", 用餐方式="瞬移"),
        order("3", "5.00", "5.00"),
    )  # fmt: skip
    assert set_aside(contents) == {4: "unknown_code", 5: "unknown_code"}
    assert told(contents, "orders", "order_id") == ["3"]


@pytest.mark.parametrize(
    "phone", ["138****0001", "13900000001_0301", "13900000001转0301", "--", ""]
)
def test_a_masked_or_passing_phone_identifies_nobody(tmp_path, phone):
    contents = report(tmp_path, "全渠道订单明细", order("1", "5.00", "5.00", 会员手机号=phone))
    assert told(contents, "order_identifiers", "order_id") == []


def test_a_members_newest_order_names_him(tmp_path):
    member = {"会员卡号": "0088", "会员手机号": "13800000001"}
    rows = [
        order("1", "5.00", "5.00", 完成时间="2025-03-01 19:00:00", 会员姓名="林一", **member),
        order("2", "5.00", "5.00", 完成时间=PAID_AT, 会员姓名="林二", **member),
    ]
    for shuffled in (rows, rows[::-1]):
        contents = report(tmp_path, "全渠道订单明细", *shuffled)
        assert told(contents, "customers", "customer_ref display_name") == ["0088|林一"]


def test_a_row_that_cannot_be_read_takes_its_order_along_and_no_other(tmp_path):
    of = ("10.00", "10.00")
    contents = report(
        tmp_path, "品项销售明细",
        dish("1", "A", "面", "5.00", of), dish("2", "A", "面", "5.00", of),
        dish("1", "B", "茶", "五元", of),
    )  # fmt: skip
    assert set_aside(contents) == {4: "part_of_bad_order", 6: "amount_not_exact"}
    assert told(contents, "order_lines", "order_id") == ["2"]


def test_lines_have_the_same_numbers_whatever_the_order_of_the_rows(tmp_path):
    rows, columns = ITEMS[:-1], "order_id line_no parent_line_no item_id gross_amount revision"
    usual = sorted(told(report(tmp_path, "品项销售明细", *rows), "order_lines", columns))
    for seed in range(5):
        shuffled = random.Random(seed).sample(rows, len(rows))
        lines = told(report(tmp_path, "品项销售明细", *shuffled), "order_lines", columns)
        assert sorted(lines) == usual


def test_two_equal_dishes_of_an_order_are_two(tmp_path):
    rows = [dish("1", "A", "面", "5.00", ("10.00", "10.00"))] * 2
    lines = told(report(tmp_path, "品项销售明细", *rows), "order_lines", "line_no gross_amount")
    assert lines == ["1|5.00", "2|5.00"]


def test_the_money_of_a_set_may_be_that_of_its_parts(tmp_path):
    layouts = assuming(tmp_path, "sets_carry_money: true", "sets_carry_money: false")
    contents = report(tmp_path, "品项销售明细", *ITEMS[3:6], layouts=layouts)
    assert told(contents, "order_lines", "item_id gross_amount discount_amount") == [
        "S01|0.00|0.00", "N01|30.00|0.00", "D02|15.00|0.00",
    ]  # fmt: skip


def test_gifts_may_stand_beside_the_sales(tmp_path):
    layouts = assuming(tmp_path, "are_gifts_in_sales: true", "are_gifts_in_sales: false")
    row = dish(
        "1", "A", "面", "10.00", ("15.00", "10.00"), 赠送数量="1", **{"赠送金额(元)": "5.00"}
    )
    contents = report(tmp_path, "品项销售明细", row, layouts=layouts)
    assert told(contents, "order_lines", "quantity gross_amount is_gift") == [
        "1|10.00|false", "1|5.00|true",
    ]  # fmt: skip
    assert [one.code for one in contents.findings if one.code is Reason.AMOUNTS_DIFFER] == []


def test_a_row_that_does_not_add_up_is_kept_and_told(tmp_path):
    row = dish("1", "A", "面", "10.00", ("10.00", "9.00"), **{"品项收入(元)": "9.00"})
    contents = report(tmp_path, "品项销售明细", row)
    assert told(contents, "order_lines", "gross_amount discount_amount") == ["10.00|0.00"]
    (finding,) = [one for one in contents.findings if one.code is Reason.AMOUNTS_DIFFER]
    assert "1 rows whose 品项收入" in finding.message


def test_a_dish_sent_back_with_money_in_its_row_lowers_the_sale(tmp_path):
    row = dish(
        "1", "A", "面", "-5.00", ("10.00", "10.00"), 销售方式="退菜", 销售数量="-1", 退菜数量="1",
    )  # fmt: skip
    rows = (dish("1", "A", "面", "15.00", ("10.00", "10.00"), 销售数量="3"), row)
    lines = told(
        report(tmp_path, "品项销售明细", *rows), "order_lines", "quantity gross_amount void_stage"
    )
    assert sorted(lines) == ["-1|-5.00|", "3|15.00|"]


def test_the_costs_of_a_payment_are_all_that_did_not_arrive(tmp_path):
    costs = {
        "手续费(服务费)": "-0.60",
        "商家活动支出": "2.00",
        "其他支出": "0.40",
        "到账金额": "97.00",
    }
    contents = report(tmp_path, "收款明细", receipt("1", "微信支付", "100.00", PAID_AT, **costs))
    assert told(contents, "payments", "amount fee_amount") == ["100.00|3.00"]
    assert not [one for one in contents.findings if one.code is Reason.AMOUNTS_DIFFER]


def test_two_equal_payments_of_a_second_are_two(tmp_path):
    rows = [receipt("1", "现金", "5.00", PAID_AT)] * 2
    payments = told(report(tmp_path, "收款明细", *rows), "payments", "payment_id amount")
    assert payments == [f"{PAID_AT}:现金:1|5.00", f"{PAID_AT}:现金:2|5.00"]


def test_a_settled_payment_replaces_itself_and_no_other_of_its_check(tmp_path):
    """The models keep all payments of a check whose revisions are below the order's own."""
    rows = [
        receipt("1", "现金", "5.00", PAID_AT),
        receipt("1", "微信支付", "5.00", PAID_AT, 结算日期="--"),
    ]
    contents = report(tmp_path, "收款明细", *rows)
    assert told(contents, "payments", "tender revision") == ["cash|1", "wallet|0"]


def test_a_reduction_may_be_missing_in_the_lines(tmp_path):
    layouts = assuming(tmp_path, "is_reduction_in_lines: true", "is_reduction_in_lines: false")
    row = receipt("1", "团购券", "80.00", PAID_AT, 支付优惠="20.00")
    contents = report(tmp_path, "收款明细", row, layouts=layouts)
    assert told(contents, "payments", "tender amount") == ["voucher|80.00"]
    assert told(contents, "adjustments", "adjustment_type order_id amount") == ["coupon|1|20.00"]


def test_top_ups_are_told(tmp_path):
    contents = report(
        tmp_path, "收款明细", receipt("", "现金", "5.00", PAID_AT, 业务小类="储值充值")
    )
    assert told(contents, "payments", "order_id amount") == [f"top_up:{PAID_AT}:现金:1|5.00"]
    (finding,) = [one for one in contents.findings if one.code is Reason.KEPT_APART]
    assert "1 top-ups" in finding.message


def test_a_workbook_with_real_numbers_and_times_reads_the_same(tmp_path):
    """Excel keeps the number 7200000000000000101 only as text; the till writes it that way."""
    cells = order("DT1", "12.50", "12.50", 外卖订单号="7200000000000000101", 用餐人数="2")
    typed = {
        **cells, "订单金额": 12.5, "订单收入": 12.5, "菜品金额": 12.5, "订单优惠": 0, "用餐人数": 2,
        "营业日期": dt.datetime(2025, 3, 1), "完成时间": dt.datetime(2025, 3, 2, 0, 30, 5),
    }  # fmt: skip
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"default_date_format": "yyyy-mm-dd hh:mm:ss"}) as book:
        sheet = book.add_worksheet()
        sheet.write(0, 0, "全渠道订单明细")
        sheet.write_row(2, 0, ORDER_HEADER)
        sheet.write_row(3, 0, [typed.get(name, "") for name in ORDER_HEADER])
    folder = tmp_path / STORY.source.folder
    folder.mkdir()
    (folder / "全渠道订单明细-20250301-20250331(1).xlsx").write_bytes(stream.getvalue())
    (file,) = discover(STORY.source, tmp_path, dt.date(2025, 3, 5), dt.date(2025, 3, 5)).files
    assert (file.first_day, file.last_day) == (dt.date(2025, 3, 1), dt.date(2025, 3, 31))
    contents = read(file, load_layout("meituan_pos"), STORY.source)
    columns = "external_order_id business_date closed_at total_amount covers"
    assert told(contents, "orders", columns) == [
        "7200000000000000101|2025-03-01|2025-03-02 00:30:05|12.50|2"
    ]
