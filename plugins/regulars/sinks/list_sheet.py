"""The sheet with the list itself: one row per customer, the most worthwhile first."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from regulars.sinks.columns import REASONS, REASONS_ZH
from regulars.sinks.sheet_styles import SheetStyles, plain_text, row_height
from regulars.sinks.wording import CHANNEL_WORDS

Row = Mapping[str, Any]


@dataclass(frozen=True)
class PeopleColumn:
    """A column people read: bilingual header, width in characters, style and value."""

    header: str
    width: float
    style: str
    read: Callable[[Row], Any]


def write_list_sheet(sheet: Any, rows: Sequence[Row], styles: SheetStyles) -> None:
    """Fill the sheet: header frozen and filterable; printed without the codes at its end."""
    sheet.hide_gridlines(2)
    sheet.set_row(0, 36)
    for position, column in enumerate(PEOPLE_COLUMNS):
        sheet.set_column(position, position, column.width)
        sheet.write_string(0, position, column.header.replace(" ‖ ", "\n"), styles.header)
    for line, row in enumerate(rows, start=1):
        _write_row(sheet, line, row, styles)
    sheet.freeze_panes(1, 2)
    sheet.autofilter(0, 0, max(len(rows), 1), len(PEOPLE_COLUMNS) - 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.set_margins(left=0.3, right=0.3, top=0.4, bottom=0.5)
    sheet.set_footer("&L&A&RPage &P / &N")
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    printed = [column.style != "faded" for column in PEOPLE_COLUMNS]
    sheet.print_area(0, 0, max(len(rows), 1), sum(printed) - 1)


def _write_row(sheet: Any, line: int, row: Row, styles: SheetStyles) -> None:
    """Write a row by the kind of its columns: only `write_string` ever gets a text."""
    texts = []
    for position, column in enumerate(PEOPLE_COLUMNS):
        value = column.read(row)
        match column.style:
            case "day":
                sheet.write_datetime(line, position, value, styles.day)
            case "count":
                sheet.write_number(line, position, value, styles.count)
            case "money":
                sheet.write_number(line, position, value, styles.money[row["currency_code"]])
            case _:
                text = plain_text(value)
                texts.append((text, column.width))
                sheet.write_string(line, position, text, getattr(styles, column.style))
    sheet.set_row(line, row_height(texts))


def _action(row: Row) -> str:
    return f"{row['action_name']}\n{row['action_name_zh']}"


def _channel(row: Row) -> str:
    channel = row["contact_channel"] or ""
    return CHANNEL_WORDS.get(channel, channel).replace(" ‖ ", "\n")


def _store(row: Row) -> str:
    """The name the house uses, and the id below it where they differ."""
    name, store_id = row.get("store_name"), row["store_id"]
    return f"{name}\n{store_id}" if name and name != store_id else str(store_id)


def _numbered(row: Row, names: Sequence[str]) -> str:
    reasons = [row[name] for name in names if row[name]]
    return "\n".join(f"{number}. {reason}" for number, reason in enumerate(reasons, start=1))


PEOPLE_COLUMNS = (
    PeopleColumn("No. ‖ 顺序", 7, "count", lambda row: row["priority"]),
    PeopleColumn("Member ‖ 会员", 18, "reference", lambda row: row["member_ref"]),
    PeopleColumn("What to do ‖ 动作", 30, "strong", _action),
    PeopleColumn("Offer ‖ 优惠", 14, "money", lambda row: Decimal(row["offer_amount"])),
    PeopleColumn("Channel ‖ 渠道", 17, "text", _channel),
    PeopleColumn("Store ‖ 门店", 17, "text", _store),
    PeopleColumn("From ‖ 开始", 12, "day", lambda row: row["starts_on"]),
    PeopleColumn("Until ‖ 截止", 12, "day", lambda row: row["expires_on"]),
    PeopleColumn("Why ‖ 原因（英文）", 54, "text", lambda row: _numbered(row, REASONS)),
    PeopleColumn("Why (Chinese) ‖ 原因", 42, "text", lambda row: _numbered(row, REASONS_ZH)),
    PeopleColumn("Code ‖ 代码", 12, "faded", lambda row: row["action_code"]),
    PeopleColumn("Customer key ‖ 客户编号", 40, "faded", lambda row: row["customer_key"]),
)
PEOPLE_HEADERS = tuple(column.header for column in PEOPLE_COLUMNS)
