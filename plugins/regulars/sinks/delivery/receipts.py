"""Receipts: what reached which destination for which day. The next delta starts from them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from regulars.sinks.day_folder import publish_day, recover_day
from regulars.sinks.delivery.parcels import Parcel
from regulars.sinks.delta import exported_days
from regulars.sinks.manifest import MANIFEST

RECEIPT = "receipt.json"


class Receipt(BaseModel):
    """The proof of a delivery: day, seal of the parcel, and counts."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    delivery: str
    what: str
    business_date: date
    manifest_sha256: str
    files: int
    bytes: int
    counts: dict[str, int]
    accepted: dict[str, str] = {}


@dataclass(frozen=True)
class Ledger:
    """What one destination got of one kind: a folder per day with the receipt and the base."""

    folder: Path
    delivery: str
    what: str

    @property
    def days(self) -> Path:
        """The folder of days: what the next deltas start from."""
        return self.folder / self.delivery / self.what

    def newest_day(self) -> date | None:
        """The last day that was delivered."""
        return max(exported_days(self.days), default=None)

    def has(self, parcel: Parcel) -> bool:
        """Whether exactly this parcel was delivered."""
        path = self.days / parcel.business_date.isoformat() / RECEIPT
        if not path.is_file():
            return False
        found = Receipt.model_validate_json(path.read_bytes())
        return found.manifest_sha256 == parcel.seal

    def sign(self, parcel: Parcel, accepted: Mapping[str, str]) -> Receipt:
        """Keep the receipt of a delivered parcel, and what the next one is compared with.

        `accepted` are the held lists that a person let go: list -> sha256 of the decision.
        """
        receipt = Receipt(
            delivery=self.delivery,
            what=self.what,
            business_date=parcel.business_date,
            manifest_sha256=parcel.seal,
            files=len(parcel.files),
            bytes=sum(map(len, parcel.files.values())),
            counts=dict(parcel.counts),
            accepted=dict(accepted),
        )
        kept = {name: parcel.files[name] for name in (*parcel.kept, MANIFEST)}
        text = (receipt.model_dump_json(indent=2) + "\n").encode()
        self.days.mkdir(parents=True, exist_ok=True)
        for folder in (self.folder, self.folder / self.delivery, self.days):
            folder.chmod(0o700)
        recover_day(self.days, parcel.business_date)
        publish_day(
            self.days, parcel.business_date, kept | {RECEIPT: text}, private=parcel.is_private
        )
        return receipt
