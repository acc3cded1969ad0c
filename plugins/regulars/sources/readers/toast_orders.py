"""Toast OrderDetails: one row per order, on the business date that its folder names.

What the export does not say is an assumption written in include/layouts/toast.yaml.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime

from pydantic import BaseModel, ConfigDict

from regulars.sources.exact_cells import (
    UnreadableRow,
    is_blank,
    minor_text,
    moment_text,
    read_flag,
    read_id,
    read_minor,
    read_moment,
    revision_of,
)
from regulars.sources.sheets import Outcome, Record, Rejected, Sheet, SourceRow
from regulars.sources.source_words import find_word, read_word

_AMOUNTS = ("amount", "discount", "tax", "tip", "gratuity", "total")
_TIMES = ("opened_at", "paid_at", "closed_at")


class _Settings(BaseModel):
    """What the layout file says about this reader's words and assumptions."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    time_formats: tuple[str, ...]
    channels: dict[str, str]
    platforms: dict[str, str]
    dayparts: dict[str, str]
    is_amount_after_discounts: bool


def read_rows(sheet: Sheet) -> Iterator[Outcome]:
    """The orders of the file's rows; what is voided or not paid yet says so."""
    settings = _Settings(**sheet.settings)
    accounts = _house_accounts(sheet)
    for row in sheet.rows:
        try:
            yield _make_order(sheet, row, settings, accounts)
        except UnreadableRow as error:
            yield Rejected(row.number, error.reason)


def _make_order(
    sheet: Sheet, row: SourceRow, settings: _Settings, accounts: Mapping[str, str]
) -> Record:
    currency = sheet.source.currency_code
    minor = {name: read_minor(row[name], currency) for name in _AMOUNTS}
    times = {name: read_moment(row[name], settings.time_formats) for name in _TIMES}
    discount = abs(minor["discount"])
    gross = minor["amount"] + (discount if settings.is_amount_after_discounts else 0)
    # An order on several ways of dining counts for the first one it names.
    dining = row["dining"].split(",")[0].strip()
    return Record(
        "orders",
        row.number,
        {
            "order_id": read_id(row["order_id"]), "store_id": row["store_id"],
            "business_date": sheet.day.isoformat() if sheet.day else "",
            "opened_at": moment_text(times["opened_at"]),
            "closed_at": moment_text(_latest(times)),
            "channel": read_word(dining, settings.channels),
            "platform": _find_platform(row, settings),
            "status": _status(row, times, minor["total"]),
            "daypart": find_word(row["service"], settings.dayparts) or "",
            "covers": row["covers"] if row["covers"].isdecimal() else "",
            "account_id": accounts.get(row["order_id"], ""),
            "gross_amount": minor_text(gross, currency),
            "discount_amount": minor_text(discount, currency),
            "service_charge_amount": minor_text(minor["gratuity"], currency),
            "tax_amount": minor_text(minor["tax"], currency),
            "tip_amount": minor_text(minor["tip"], currency),
            "total_amount": minor_text(minor["total"], currency),
            "currency_code": currency,
            "revision": revision_of(times["closed_at"]),
        },
    )  # fmt: skip


def _find_platform(row: SourceRow, settings: _Settings) -> str:
    texts = (row["dining"], row["origin"])
    return next((p for t in texts if (p := find_word(t, settings.platforms))), "")


def _latest(times: Mapping[str, datetime | None]) -> datetime | None:
    """When the order was closed; the latest that is known of one that is still open."""
    return times["closed_at"] or times["paid_at"] or times["opened_at"]


def _status(row: SourceRow, times: Mapping[str, datetime | None], total: int) -> str:
    if read_flag(row["voided"]):
        return "voided"
    is_free = times["closed_at"] is not None and not total
    return "paid" if times["paid_at"] or is_free else "open"


def _house_accounts(sheet: Sheet) -> dict[str, str]:
    """The account that an order was charged to, where it was charged to a single one."""
    payments = sheet.companion("payments")
    found: dict[str, set[str]] = {}
    for row in payments.rows if payments else ():
        if not is_blank(row["house_account"]):
            found.setdefault(row["order_id"], set()).add(row["house_account"])
    return {order_id: min(names) for order_id, names in found.items() if len(names) == 1}
