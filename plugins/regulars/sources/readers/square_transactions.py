"""Square's transactions: one row per payment, with tips, service charges, tenders and real fees.

It tells an order more fully than the item sales do, so its orders and refunds carry a higher
revision: where both exports were dropped, these count.
"""

from collections.abc import Iterator, Mapping
from functools import partial

from regulars.sources.files import Finding, Reason
from regulars.sources.row_cells import RowFault, not_below_zero
from regulars.sources.sheets import Outcome, Record, Sheet, SourceRow
from regulars.sources.source_words import find_word
from regulars.sources.square import SquareSheet, find_originals, leave_out, tell_guests
from regulars.sources.whole_orders import Rows, read_groups, rows_kept

_ADDED = (
    "gross",
    "discounts",
    "service_charges",
    "gift_card_sales",
    "tax",
    "tip",
    "partial_refunds",
)
_AMOUNTS = (*_ADDED, "total_collected", "fees", "third_party_fees")
_GIVEN_BACK = ("gross", "discounts", "service_charges", "partial_refunds")
_REVISION = "1"
_OTHER = "other_tender"


def read_rows(sheet: Sheet) -> Iterator[Outcome]:
    """Orders, payments, refunds and guests of the file's rows; what does not tie is told."""
    square = SquareSheet.of(sheet)
    originals = find_originals(square)
    untied: list[SourceRow] = []
    outcomes = list(
        read_groups(sheet.rows, ("store_id", "order_id"), partial(_read, square, originals, untied))
    )
    yield from outcomes
    kept = rows_kept(sheet.rows, outcomes)
    yield from tell_guests(kept)
    yield from _tell_untied(sheet, untied)
    yield from _tell_fees_back(square, kept)


def _read(
    square: SquareSheet, originals: Mapping[str, str], untied: list[SourceRow], rows: Rows
) -> Iterator[Outcome]:
    sold, returned, others = square.by_event(rows)
    yield from leave_out(others)
    if sold:
        yield from _make_order(square, sold, untied)
    if returned:
        original = rows[0]["order_id"] if sold else originals.get(returned[0]["payment_id"], "")
        yield from _make_refund(square, returned, original)


def _make_order(square: SquareSheet, rows: Rows, untied: list[SourceRow]) -> Iterator[Record]:
    """The order of one transaction and its payments, of which it may have several."""
    told = _each_payment(rows)
    first, sums = told[0], _add_up(square, told)
    untied += [row for row in told if not _ties(square, row)]
    write = square.amounts.write
    order = Record(
        "orders",
        first.number,
        {
            **square.order_of(first),
            "status": square.status_of(first),
            "external_order_id": first["order_reference_id"],
            "gross_amount": write(sums["gross"] + sums["gift_card_sales"]),
            "discount_amount": write(not_below_zero(first, -sums["discounts"])),
            "service_charge_amount": write(not_below_zero(first, sums["service_charges"])),
            "tax_amount": write(sums["tax"]),
            "tip_amount": write(not_below_zero(first, sums["tip"])),
            "total_amount": write(sums["total_collected"] - sums["partial_refunds"]),
            "revision": _REVISION,
        },
        tuple(row.number for row in told[1:]),
    )
    yield from _with_repeats(order, rows, told)
    for row in rows:
        yield from _make_payments(square, row)
    if sums["partial_refunds"]:
        refund = square.refund_of(told, -sums["partial_refunds"], first["order_id"])
        yield _revised(refund, adjustment_id=f"{first['order_id']}:partial_refund")


def _add_up(square: SquareSheet, rows: Rows) -> dict[str, int]:
    return {name: sum(square.amounts.read(row, name) for row in rows) for name in _AMOUNTS}


def _ties(square: SquareSheet, row: SourceRow) -> bool:
    parts = sum(square.amounts.read(row, name) for name in _ADDED)
    return parts == square.amounts.read(row, "total_collected")


def _each_payment(rows: Rows) -> Rows:
    """Each payment once. A payment told twice in different words cannot be right."""
    told: dict[str, SourceRow] = {}
    for row in rows:
        before = told.setdefault(row["payment_id"], row)
        if before.texts != row.texts:
            raise RowFault(row, Reason.CONFLICTING_ROWS)
    return tuple(told.values())


def _with_repeats(record: Record, rows: Rows, told: Rows) -> Iterator[Record]:
    """The record, and once more for every row that only repeats another."""
    yield record
    spoken = {row.number for row in told}
    for row in rows:
        if row.number not in spoken:
            yield Record(record.entity, row.number, record.values)


def _make_payments(square: SquareSheet, row: SourceRow) -> Iterator[Record]:
    """One record per tender of a payment; tip and fee stand with the first of them."""
    minor = square.amounts.read_all(row, ("tip", "fees", "third_party_fees"))
    paid = square.amounts.read_all(row, (*square.settings.tenders, _OTHER))
    write = square.amounts.write
    tip, fee = (
        write(max(minor["tip"], 0)),
        write(max(-minor["fees"] - minor["third_party_fees"], 0)),
    )
    for name, amount in paid.items():
        if amount:
            yield Record(
                "payments",
                row.number,
                {
                    **row.pick("order_id", "store_id"),
                    "payment_id": f"{row['payment_id'] or row['order_id']}:{name}",
                    "tender": _tender_of(square, row, name),
                    "amount": write(amount),
                    "tip_amount": tip,
                    "fee_amount": fee,
                    "paid_at": square.instant_of(row),
                },
            )
            tip = fee = write(0)


def _tender_of(square: SquareSheet, row: SourceRow, name: str) -> str:
    settings = square.settings
    if name != _OTHER:
        return settings.tenders[name]
    return find_word(row["other_tender_type"], settings.other_tenders) or settings.default_tender


def _make_refund(square: SquareSheet, rows: Rows, order_id: str) -> Iterator[Record]:
    """What was given back, without its tax and tip, and the money that went out for it."""
    told = _each_payment(rows)
    sums = _add_up(square, told)
    given_back = -sum(sums[name] for name in _GIVEN_BACK)
    yield from _with_repeats(_revised(square.refund_of(told, given_back, order_id)), rows, told)
    for row in rows:
        yield from _make_payments(square, row)


def _revised(record: Record, **changes: str) -> Record:
    values = {**record.values, **changes, "revision": _REVISION}
    return Record(record.entity, record.source_row, values, record.others)


def _tell_untied(sheet: Sheet, untied: list[SourceRow]) -> Iterator[Finding]:
    if untied:
        message = (
            f"{sheet.file}: the parts of {len(untied)} payments are not what was collected "
            f"(first row {untied[0].number}); the difference is kept with the order"
        )
        yield Finding(Reason.AMOUNTS_DIFFER, message)


def _tell_fees_back(square: SquareSheet, rows: Rows) -> Iterator[Finding]:
    """Fees that Square gave back with a refund: payments have no column for them."""
    count = sum(square.amounts.read(row, "fees") > 0 for row in rows)
    if count:
        message = f"{square.sheet.file}: {count} rows give fees back; nothing counts them"
        yield Finding(Reason.COLUMN_NOT_READ, message)
