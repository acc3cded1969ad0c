"""Toast ItemSelectionDetails: every selection of an order is a line, voided ones too."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pydantic import BaseModel, ConfigDict

from regulars.sources.exact_cells import (
    is_blank,
    milli_text,
    minor_text,
    read_flag,
    read_id,
    read_milli,
    read_minor,
)
from regulars.sources.files import Finding, Reason
from regulars.sources.line_numbers import line_no_of
from regulars.sources.sheets import Outcome, Record, Rejected, Sheet, SourceRow
from regulars.sources.source_words import read_word
from regulars.sources.whole_orders import group_rows, read_whole_orders

_AMOUNTS = ("gross", "discount", "net", "tax")
_ITEM_IDS = ("item_id", "master_id", "plu", "sku", "item_name")
_VOIDED_LATER = "1"


class _Settings(BaseModel):
    """What the layout file says about this reader's words and assumptions."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    tax_inclusion: dict[str, str]
    sent_and_voided: str
    deferred_kind: str


@dataclass(frozen=True)
class _Selection:
    """One row with its amounts in minor units and its quantity in thousandths."""

    row: SourceRow
    minor: dict[str, int]
    milli: int
    is_voided: bool
    is_deferred: bool
    has_tax_inside: bool

    @property
    def item_id(self) -> str:
        """The menu item's own id; the next best name where the till has none."""
        return next(self.row[name] for name in _ITEM_IDS if not is_blank(self.row[name]))

    @property
    def category(self) -> str:
        """The sales category, else the group of the menu."""
        return self.row["sales_category"] or self.row["menu_group"]


def read_rows(sheet: Sheet) -> Iterator[Outcome]:
    """Order lines and the items they are of."""
    settings = _Settings(**sheet.settings)
    currency = sheet.source.currency_code
    kept: list[_Selection] = []
    for order in read_whole_orders(sheet.rows, lambda row: _read(row, settings, currency)):
        if isinstance(order, Rejected):
            yield order
            continue
        kept += order.rows
        for selection in order.rows:
            yield _make_line(selection, settings, currency)
    yield from _make_items(kept, settings)
    yield from _tell_untied(sheet, kept)


def _read(row: SourceRow, settings: _Settings, currency_code: str) -> _Selection:
    read_id(row["order_id"])
    read_id(row["selection_id"])
    read_id(row["item_name"])
    return _Selection(
        row,
        {name: read_minor(row[name], currency_code) for name in _AMOUNTS},
        read_milli(row["quantity"]),
        is_voided=read_flag(row["voided"]),
        is_deferred=read_flag(row["deferred"]),
        has_tax_inside=read_word(row["tax_inclusion"], settings.tax_inclusion) == "included",
    )


def _make_line(selection: _Selection, settings: _Settings, currency_code: str) -> Record:
    row, minor = selection.row, selection.minor
    inside = minor["tax"] if selection.has_tax_inside else 0
    stage = "before_preparation" if is_blank(row["sent_at"]) else settings.sent_and_voided
    return Record(
        "order_lines",
        row.number,
        {
            **row.pick("order_id", "store_id", "item_name"),
            "line_no": line_no_of(row["selection_id"]),
            "item_id": selection.item_id,
            "category": selection.category,
            "quantity": milli_text(selection.milli),
            "gross_amount": minor_text(minor["gross"] - inside, currency_code),
            "discount_amount": minor_text(abs(minor["discount"]), currency_code),
            "tax_amount": minor_text(minor["tax"], currency_code),
            "void_stage": stage if selection.is_voided else "",
            "revision": _VOIDED_LATER if selection.is_voided else "0",
        },
    )


def _make_items(selections: Sequence[_Selection], settings: _Settings) -> Iterator[Record]:
    """Each item once a file, under the first of its names; a deferred one is no revenue."""
    for item_id, group in group_rows(selections, lambda selection: selection.item_id):
        named = min(group, key=lambda one: (one.row["item_name"], one.category))
        is_deferred = any(selection.is_deferred for selection in group)
        yield Record(
            "items",
            named.row.number,
            {
                "item_id": item_id,
                "item_name": named.row["item_name"],
                "category": named.category,
                "revenue_kind": settings.deferred_kind if is_deferred else "sale",
            },
        )


def _tell_untied(sheet: Sheet, selections: Sequence[_Selection]) -> Iterator[Finding]:
    untied = sum(
        one.minor["gross"] - abs(one.minor["discount"]) != one.minor["net"] for one in selections
    )
    if untied and "net" in sheet.columns:
        message = f"{sheet.file}: {untied} rows whose Net Price is not Gross Price - Discount"
        yield Finding(Reason.AMOUNTS_DIFFER, message)
