"""Orders of Odoo's point of sale: what was sold, to whom, by which channel.

An order may take goods back and sell others. Its own record is what it sold; what it took back is
an adjustment of the earlier sale (see `odoo_lines`) and, here, money this sale was paid with.
"""

from collections.abc import Iterator

from pydantic import BaseModel, ConfigDict

from regulars.domain.fields import Channel
from regulars.sources.exact_cells import UnreadableRow, minor_text, read_minor
from regulars.sources.guest_contacts import identify, own_phone
from regulars.sources.odoo import instant_text, out_of_scope, plain_name
from regulars.sources.sheets import Outcome, OutOfScope, Record, Rejected, Sheet, SourceRow
from regulars.sources.source_words import read_word

_AMOUNTS = (
    "amount_total", "amount_tax", "amount_paid", "tip_amount",
    "returned_total", "returned_net", "redeemed_total",
)  # fmt: skip


class _Settings(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)
    channel_at_table: Channel
    channel_otherwise: Channel
    presets: dict[str, Channel]
    largest_rounding: str


def read_rows(sheet: Sheet) -> Iterator[Outcome]:
    """An order for each row that sold something; refunds are counted by their lines."""
    settings = _Settings(**sheet.settings)
    for row in sheet.rows:
        if outside := out_of_scope(row) or _only_returns(row):
            yield outside
            continue
        try:
            yield from _read_order(row, settings, sheet.source.currency_code)
        except UnreadableRow as error:
            yield Rejected(row.number, error.reason)


def _only_returns(row: SourceRow) -> OutOfScope | None:
    if row["sold_lines"] != "0":
        return None
    return OutOfScope(row.number, "a refund: its lines are adjustments of the earlier sale")


def _read_order(row: SourceRow, settings: _Settings, currency: str) -> Iterator[Record]:
    minor = {name: read_minor(row[name], currency) for name in _AMOUNTS}
    tax = minor["amount_tax"] - (minor["returned_total"] - minor["returned_net"])
    total = minor["amount_total"] - minor["returned_total"] + minor["redeemed_total"]
    rounding = _rounding(minor, read_minor(settings.largest_rounding, currency))
    closed_at = instant_text(row["date_order"])
    values = {
        **row.pick("order_id", "store_id", "covers", "account_id", "revision"),
        "closed_at": closed_at,
        "channel": _channel(row, settings),
        "status": "paid",
        "customer_ref": row["partner_id"],
        "external_order_id": row["pos_reference"],
        "gross_amount": minor_text(total - tax - minor["tip_amount"], currency),
        "tax_amount": minor_text(tax, currency),
        "is_tax_included": "false",
        "tip_amount": minor_text(minor["tip_amount"], currency),
        "rounding_amount": minor_text(rounding, currency),
        "total_amount": minor_text(total + rounding, currency),
    }
    yield Record("orders", row.number, values)
    known = {"phone": own_phone(row["mobile"]), "email": row["email"]}
    yield from identify(row.number, row["store_id"], row["order_id"], known)
    if minor["returned_total"]:
        yield _paid_with_returns(row, closed_at, minor_text(-minor["returned_total"], currency))


def _rounding(minor: dict[str, int], largest: int) -> int:
    """What cash rounding took off or put on; a greater difference is not rounding."""
    difference = minor["amount_paid"] - minor["amount_total"]
    return difference if abs(difference) <= largest else 0


def _paid_with_returns(row: SourceRow, paid_at: str, amount: str) -> Record:
    values = {
        **row.pick("order_id", "store_id", "revision"),
        "payment_id": f"{row['order_id']}:returned",
        "tender": "voucher",
        "amount": amount,
        "paid_at": paid_at,
    }
    return Record("payments", row.number, values)


def _channel(row: SourceRow, settings: _Settings) -> str:
    if preset := plain_name(row["preset"]):
        return read_word(preset, settings.presets)
    return settings.channel_at_table if row["table_id"] else settings.channel_otherwise
