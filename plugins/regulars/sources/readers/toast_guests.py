"""Toast CheckDetails: the only file with the guest, and the only one without the order.

A check is told by its order through the files beside it: ItemSelectionDetails or PaymentDetails.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from pydantic import BaseModel, ConfigDict

from regulars.sources.exact_cells import (
    UnreadableRow,
    is_blank,
    read_moment,
    revision_of,
)
from regulars.sources.files import FileRefused, Reason
from regulars.sources.guest_contacts import identify, own_phone
from regulars.sources.sheets import Outcome, OutOfScope, Record, Rejected, Sheet, SourceRow
from regulars.sources.whole_orders import group_rows

Order = tuple[str, str]


class _Settings(BaseModel):
    """What the layout file says about this reader's words."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    time_formats: tuple[str, ...]


@dataclass(frozen=True)
class _Check:
    """One row with what its guest is recognised by."""

    row: SourceRow
    opened_at: datetime | None

    @property
    def known(self) -> dict[str, str]:
        """The guest's identifiers by type; blank ones are none."""
        customer_id, email = self.row["customer_id"], self.row["email"]
        return {
            "external_id": "" if is_blank(customer_id) else customer_id,
            "phone": own_phone(self.row["phone"]),
            "email": email if "@" in email else "",
        }


def read_rows(sheet: Sheet) -> Iterator[Outcome]:
    """What the guests of the orders are recognised by, and the guests themselves."""
    settings = _Settings(**sheet.settings)
    orders = _orders_of_checks(sheet)
    kept: list[_Check] = []
    for row in sheet.rows:
        try:
            check = _Check(row, _opened_at(row, settings))
        except UnreadableRow as error:
            yield Rejected(row.number, error.reason)
            continue
        order = orders.get(row["check_id"])
        if not any(check.known.values()):
            yield OutOfScope(row.number, "a check without a guest")
        elif order is None:
            yield Rejected(row.number, Reason.COMPANION_MISSING)
        elif sheet.source.stores and order[0] not in sheet.source.stores:
            yield OutOfScope(row.number, "a check of a store that is not this source's")
        else:
            kept.append(check)
            yield from identify(row.number, *order, check.known)
    yield from _make_guests(kept)


def _opened_at(row: SourceRow, settings: _Settings) -> datetime | None:
    written = f"{row['opened_on']} {row['opened_time']}".strip()
    return read_moment(written, settings.time_formats)


def _orders_of_checks(sheet: Sheet) -> dict[str, Order]:
    """Store and order of each check. Raises FileRefused where no file beside this one says it."""
    beside = [found for name in ("items", "payments") if (found := sheet.companion(name))]
    if not beside:
        raise FileRefused(
            sheet.file, Reason.COMPANION_MISSING,
            "it names checks only; which orders they are of is in ItemSelectionDetails or "
            "PaymentDetails, and neither lies beside it",
            "drop one of them into the same folder; this file is then read again",
        )  # fmt: skip
    return {
        row["check_id"]: (row["store_id"], row["order_id"])
        for companion in beside
        for row in companion.rows
        if row["check_id"]
    }


def _make_guests(checks: list[_Check]) -> Iterator[Record]:
    """Each guest with an id once a file, as the newest check that says most names them."""
    known = [check for check in checks if check.known["external_id"]]
    for customer_id, group in group_rows(known, lambda check: check.known["external_id"]):
        newest = max(group, key=lambda one: (revision_of(one.opened_at), *_facts(one)))
        name, phone, email = _facts(newest)
        yield Record(
            "customers",
            newest.row.number,
            {
                "customer_ref": customer_id,
                "customer_kind": "consumer",
                "display_name": name,
                "phone": phone,
                "email": email,
                "revision": revision_of(newest.opened_at),
            },
            tuple(one.row.number for one in group if one is not newest),
        )


def _facts(check: _Check) -> tuple[str, str, str]:
    return check.row["customer_name"], check.known["phone"], check.known["email"]
