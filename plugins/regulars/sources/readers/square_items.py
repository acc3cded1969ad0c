"""Square's item sales: one row per item sold or given back; the rows of a transaction are an order.

Tips, service charges and tenders stand in the transactions export (see square_transactions).
"""

from collections.abc import Iterable, Iterator
from functools import partial

from regulars.sources.exact_cells import milli_text
from regulars.sources.item_text import name_item_id
from regulars.sources.row_cells import not_below_zero, read_rounded_milli
from regulars.sources.sheets import Outcome, Record, Sheet, SourceRow
from regulars.sources.square import SquareSheet, find_originals, leave_out, tell_guests
from regulars.sources.whole_orders import Rows, in_order_of_content, read_groups, rows_kept

_AMOUNTS = ("gross", "discounts", "net", "tax")


def read_rows(sheet: Sheet) -> Iterator[Outcome]:
    """Order lines, orders, refunds, items and guests of the file's rows."""
    square = SquareSheet.of(sheet)
    originals = find_originals(square)
    outcomes = list(
        read_groups(sheet.rows, ("store_id", "order_id"), partial(_read, square, originals))
    )
    yield from outcomes
    kept = rows_kept(sheet.rows, outcomes)
    yield from tell_guests(kept)
    yield from _name_items(square, kept)


def _read(square: SquareSheet, originals: dict[str, str], rows: Rows) -> Iterator[Outcome]:
    """A transaction: what was sold in it, and what was given back."""
    sold, returned, others = square.by_event(rows)
    yield from leave_out(others)
    if sold:
        yield from _make_order(square, in_order_of_content(sold))
    if returned:
        original = rows[0]["order_id"] if sold else originals.get(returned[0]["payment_id"], "")
        yield from _make_refund(square, returned, original)


def _make_order(square: SquareSheet, rows: Rows) -> Iterator[Record]:
    """The order and its lines. Two lines that say the same are two lines."""
    sums = dict.fromkeys(_AMOUNTS, 0)
    first = rows[0]
    for line_no, row in enumerate(rows, start=1):
        minor = square.amounts.read_all(row, _AMOUNTS)
        sums = {name: sums[name] + minor[name] for name in _AMOUNTS}
        yield _make_line(square, row, line_no, minor)
    yield from _make_suffixes(rows)
    write = square.amounts.write
    yield Record(
        "orders",
        first.number,
        {
            **square.order_of(first),
            "status": "paid",
            "gross_amount": write(sums["gross"]),
            "discount_amount": write(not_below_zero(first, -sums["discounts"])),
            "tax_amount": write(sums["tax"]),
            "total_amount": write(sums["net"] + sums["tax"]),
        },
        tuple(row.number for row in rows[1:]),
    )


def _make_line(square: SquareSheet, row: SourceRow, line_no: int, minor: dict[str, int]) -> Record:
    write = square.amounts.write
    return Record(
        "order_lines",
        row.number,
        {
            **row.pick("order_id", "store_id", "category"),
            "line_no": str(line_no),
            "item_id": _item_id(square, row),
            "item_name": row["item"],
            "quantity": milli_text(read_rounded_milli(row, "quantity")),
            "gross_amount": write(minor["gross"]),
            "discount_amount": write(not_below_zero(row, -minor["discounts"])),
            "tax_amount": write(minor["tax"]),
        },
    )


def _make_suffixes(rows: Rows) -> Iterator[Record]:
    """The last digits of the cards of an order: evidence, never a person."""
    cards = {f"{row['card_brand']} {row['pan_suffix']}".strip(): row for row in reversed(rows)}
    for card, row in sorted(cards.items()):
        if row["pan_suffix"]:
            values = {**row.pick("order_id", "store_id"), "identifier_type": "card_suffix"}
            yield Record("order_identifiers", row.number, {**values, "identifier_value": card})


def _make_refund(square: SquareSheet, rows: Rows, order_id: str) -> Iterator[Outcome]:
    """What was given back for items. A gift card given back was no revenue and is none less."""
    cards = tuple(row for row in rows if _is_gift_card(square, row))
    items = tuple(row for row in rows if not _is_gift_card(square, row))
    if not items:
        yield from leave_out(cards)
        return
    minor = -sum(square.amounts.read(row, "net") for row in items)
    yield square.refund_of((*items, *cards), minor, order_id)


def _name_items(square: SquareSheet, rows: Iterable[SourceRow]) -> Iterator[Record]:
    """Each item once, under the name that its first row gives it."""
    known: set[str] = set()
    for row in rows:
        item_id = _item_id(square, row)
        if item_id not in known:
            known.add(item_id)
            kind = "gift_card" if _is_gift_card(square, row) else "sale"
            values = {"item_id": item_id, "item_name": row["item"], "category": row["category"]}
            yield Record("items", row.number, {**values, "revenue_kind": kind})


def _item_id(square: SquareSheet, row: SourceRow) -> str:
    """Square's token, else the name: custom amounts and old exports have no token."""
    own = row["token"] or name_item_id("square", row["item"] or "custom amount")
    return f"gift_card:{own}" if _is_gift_card(square, row) else own


def _is_gift_card(square: SquareSheet, row: SourceRow) -> bool:
    return row["itemization_type"].casefold() in square.settings.gift_cards
