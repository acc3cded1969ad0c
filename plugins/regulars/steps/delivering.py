"""Delivering: what was exported, to where the policy says, once; then a notice with counts.

A failed delivery does not undo the export, and does not keep the others from being made.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from hashlib import sha256

from regulars.domain.errors import BadInput, DeliveryFailed
from regulars.patience import Patience
from regulars.policy.export_sections import DeliveryPolicy
from regulars.sinks.day_folder import forget_days
from regulars.sinks.delivery.notices import compose, send_notice
from regulars.sinks.delivery.parcels import Parcel, pack_lists
from regulars.sinks.delivery.receipts import Ledger
from regulars.sinks.delivery.sending import Destination, PathObject
from regulars.sinks.delta import Editions
from regulars.sinks.manifest import DayManifest, read_manifest
from regulars.sinks.profiles.day_files import pack_profiles
from regulars.sinks.profiles.definition import load_profile
from regulars.steps.bringing_in import Places
from regulars.steps.releasing import find_released, read_exported
from regulars.steps.runtime import Receipt, Run, tell


@dataclass
class _Round:
    """One round of deliveries: what reached whom, and what did not."""

    reached: dict[str, int] = field(default_factory=dict)
    failed: list[str] = field(default_factory=list)


def deliver(run: Run, places: Places, patience: Patience | None = None) -> Receipt:
    """Send the released lists of the day to every delivery of the policy, then tell people.

    What was delivered before is not delivered again, nor is a day older than the newest one
    delivered. Raises DeliveryFailed, after all else was tried, naming what did not arrive.
    """
    manifest = read_exported(run)
    released = find_released(run, manifest)
    waiting = [name for name in manifest.lists if name not in released]
    round_ = _Round()
    for delivery in run.policy.delivery:
        _deliver(run, delivery, places, manifest, patience or Patience(), round_)
    if not round_.failed:
        _tell_people(run, places, manifest, tuple(released), round_)
    if round_.failed:
        raise DeliveryFailed(
            f"not delivered for {run.business_date}: {'; '.join(round_.failed)}",
            next_move="the lists are exported and stay so; mend the place, then clear the task",
        )
    return {"reached": round_.reached, "waiting": waiting, "summary": _summary(round_, waiting)}


def _deliver(
    run: Run,
    delivery: DeliveryPolicy,
    places: Places,
    manifest: DayManifest,
    patience: Patience,
    round_: _Round,
) -> None:
    """All that one destination gets; what goes wrong is kept for the end."""
    for what in delivery.what:
        ledger = Ledger(run.settings.deliveries_folder, delivery.name, what)
        try:
            for parcel, accepted in _parcels(run, what, ledger, manifest):
                round_.reached[f"{delivery.name} {what}"] = len(parcel.files)
                if ledger.has(parcel):
                    continue
                destination = Destination(_place_of(run, delivery, places), patience)
                folder = run.business_date.isoformat() + ("" if what == "lists" else f"/{what}")
                destination.send(folder, parcel.files, private=parcel.is_private)
                ledger.sign(parcel, accepted)
                if parcel.is_private:
                    kept = timedelta(days=run.policy.exports.keep_profile_days)
                    forget_days(ledger.days, run.business_date - kept)
                tell(f"{delivery.name}: {len(parcel.files)} files of {what} delivered")
        except (OSError, BadInput) as error:
            round_.failed.append(f"{what} to {delivery.name} ({_reason(error)})")


def _parcels(
    run: Run, what: str, ledger: Ledger, manifest: DayManifest
) -> Iterator[tuple[Parcel, dict[str, str]]]:
    """The parcel of a kind, if there is one to send, and the decisions it rests on."""
    newest = ledger.newest_day()
    if newest and newest > run.business_date:
        tell(f"{ledger.delivery}: {newest} was delivered already; an older day is not sent")
        return
    released = find_released(run, manifest)
    accepted = {
        name: sha256(decision.model_dump_json().encode()).hexdigest()
        for name, decision in released.items()
        if decision
    }
    if not released:
        return
    if what == "lists":
        folder = run.day_folder(run.settings.exports_folder)
        yield pack_lists(folder, manifest, tuple(released), Editions(ledger.days)), accepted
        return
    folder = run.day_folder(run.settings.profiles_folder)
    profiles = [load_profile(name) for name in run.policy.exports.profiles]
    described = read_manifest(folder) if profiles and folder.is_dir() else None
    if described:
        yield pack_profiles(folder, described, profiles, tuple(released), ledger.days), accepted


def _place_of(run: Run, delivery: DeliveryPolicy, places: Places) -> PathObject:
    if delivery.is_elsewhere:
        return places.folder(delivery)
    from upath import UPath

    place: PathObject = UPath(str(run.settings.root / delivery.to))
    return place


def _tell_people(
    run: Run, places: Places, manifest: DayManifest, free: tuple[str, ...], round_: _Round
) -> None:
    """Send each notice once for the state of things it tells of."""
    title, text = compose(manifest, free, round_.reached)
    mark = sha256(f"{title}\n{text}".encode()).hexdigest()
    for notice in run.policy.notices:
        path = run.settings.deliveries_folder / ".told" / notice.name / f"{run.business_date}.json"
        if path.is_file() and json.loads(path.read_bytes())["sha256"] == mark:
            continue
        try:
            send_notice(notice.name, places.secret(notice.connection), title, text)
        except (OSError, BadInput) as error:
            round_.failed.append(f"notice {notice.name} ({_reason(error)})")
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        partial = path.with_suffix(".part")
        partial.write_text(json.dumps({"sha256": mark}) + "\n", "utf-8")
        partial.replace(path)


def _reason(error: Exception) -> str:
    """What may be said of an error: our own words, or its kind; others may quote an address."""
    return str(error) if isinstance(error, BadInput) else type(error).__name__


def _summary(round_: _Round, waiting: list[str]) -> str:
    lines = [f"  Delivered ‖ 已交付: {name}, {files} files" for name, files in
             round_.reached.items()]  # fmt: skip
    if waiting:
        lines.append(
            f"  Held ‖ 待放行: {', '.join(waiting)}."
            " Next: python -m regulars lists show, then lists accept"
        )
    return "\n".join(lines)
