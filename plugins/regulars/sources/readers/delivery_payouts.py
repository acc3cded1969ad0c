"""The payout file of a delivery platform: each row an event, each of its amounts a settlement line.

In the files a cost is negative and a sale positive; a settlement has it the other way round. All
lines of a row but the payout add up to minus the payout; what is missing is a line `recon_delta`.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from regulars.sources.files import Finding, Reason
from regulars.sources.payout_orders import make_orders
from regulars.sources.payout_rules import EventRules, PayoutRules
from regulars.sources.row_cells import Amounts, RowFault, read_clock, translate
from regulars.sources.sheets import Outcome, OutOfScope, Record, Rejected, Sheet, SourceRow
from regulars.sources.source_words import find_word
from regulars.sources.whole_orders import in_order_of_content


def read_rows(sheet: Sheet) -> Iterator[Outcome]:
    """Settlements of the file's rows, and orders where the layout asks for them."""
    rules = PayoutRules(**sheet.settings)
    amounts = Amounts(sheet.source.currency_code)
    rows = tuple(_without_blanks(row, rules.blank) for row in sheet.rows)
    untied: list[int] = []
    for event_id, row in _number_events(rows, rules):
        try:
            kind = _event_of(row, rules)
            if kind.no_business:
                yield OutOfScope(row.number, kind.no_business)
                continue
            event = _Event(row, event_id, kind, rules, amounts)
            lines = list(event.lines())
            if rules.makes_orders:
                lines += make_orders(row, event_id, event.kind, rules, sheet.source)
        except RowFault as fault:
            yield Rejected(row.number, fault.reason)
            continue
        yield from lines
        untied += [row.number] if event.delta else []
    yield from _tell_untied(sheet, untied)


@dataclass(frozen=True)
class _Event:
    """One row: an order, a refund, an advertisement."""

    row: SourceRow
    event_id: str
    kind: EventRules
    rules: PayoutRules
    amounts: Amounts

    @cached_property
    def paid(self) -> int:
        return self.amounts.read(self.row, self.rules.payout)

    @cached_property
    def delta(self) -> int:
        """What the row's own amounts do not explain of its payout."""
        return sum(self._parts.values()) - self.paid

    def lines(self) -> Iterator[Record]:
        """A line per amount, the difference where there is one, and always the payout."""
        self.amounts.check_currency(self.row, "currency")
        for column, minor in self._parts.items():
            if minor:
                yield self._line(column, self._fee_of(column), -minor)
        if self.delta:
            yield self._line("recon_delta", "recon_delta", self.delta)
        yield self._line("payout", "payout", -self.paid)

    @cached_property
    def _parts(self) -> dict[str, int]:
        if self.kind.whole:
            return {"whole": self.paid}
        parts = self.amounts.read_all(self.row, self.rules.components)
        for column, only in self.rules.only_where.items():
            if find_word(self.row[only.by], dict.fromkeys(only.words, column)) is None:
                parts[column] = 0
        for column, share in self.rules.shares.items():
            part = self.amounts.read(self.row, column)
            parts[share.of] -= part
            if share.fee:
                parts[column] = part
        return parts

    def _fee_of(self, column: str) -> str:
        if self.kind.whole:
            return self.kind.whole
        described = self.rules.described
        if described and column == described.column:
            return find_word(self.row[described.by], described.words) or described.default
        share = self.rules.shares.get(column)
        usual = share.fee if share and share.fee else self.rules.components[column]
        return self.kind.instead.get(column, usual)

    def _line(self, column: str, fee_type: str, minor: int) -> Record:
        row, rules = self.row, self.rules
        return Record(
            "settlements",
            row.number,
            {
                **row.pick("store_id", "payout_id"),
                "settlement_id": f"{self.event_id}:{column}",
                "platform": rules.platform,
                "order_id": _first_of(row, rules.order_key) if self.kind.is_order else "",
                "fee_type": fee_type,
                "amount": self.amounts.write(minor),
                "payout_date": _day_of(row, rules),
                "currency_code": self.amounts.currency_code,
            },
        )


def _event_of(row: SourceRow, rules: PayoutRules) -> EventRules:
    if not row["store_id"]:
        raise RowFault(row, Reason.MISSING_ID)
    return rules.events[translate(row, row[rules.event], {name: name for name in rules.events})]


def _day_of(row: SourceRow, rules: PayoutRules) -> str:
    return f"{read_clock(row, _first_of(row, rules.day), rules.day_formats):%Y-%m-%d}"


def _first_of(row: SourceRow, names: Iterable[str]) -> str:
    return next((row[name] for name in names if row[name]), "")


def _without_blanks(row: SourceRow, blanks: tuple[str, ...]) -> SourceRow:
    """The row with nothing where the file writes a word for it, such as NULL."""
    texts = {name: "" if text in blanks else text for name, text in row.texts.items()}
    return SourceRow(row.number, texts)


def _number_events(
    rows: tuple[SourceRow, ...], rules: PayoutRules
) -> Iterator[tuple[str, SourceRow]]:
    """Every row with an id of its own: its key, and its number among the rows of that key.

    The numbers follow the content, so that a file sorted otherwise gives the same ids. Rows that
    only repeat another get that one's id, where two rows that say the same cannot both be real.
    """
    ids: dict[int, str] = {}
    counts: Counter[tuple[str, ...]] = Counter()
    before: SourceRow | None = None
    for row in in_order_of_content(rows):
        key = tuple(row[name] for name in ("store_id", *rules.event_key))
        is_repeat = before is not None and before.texts == row.texts
        if not is_repeat or rules.identical_rows == "real":
            counts[key] += 1
        ids[row.number] = ":".join([*filter(None, key[1:]), str(counts[key])])
        before = row
    for row in rows:
        yield ids[row.number], row


def _tell_untied(sheet: Sheet, untied: list[int]) -> Iterator[Finding]:
    if untied:
        message = (
            f"{sheet.file}: {len(untied)} of {len(sheet.rows)} payouts are not the sum of their "
            f"amounts (first row {untied[0]}); each difference is a line of its own"
        )
        yield Finding(Reason.AMOUNTS_DIFFER, message)
