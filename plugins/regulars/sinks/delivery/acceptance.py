"""A person lets a held list go: who, why, and exactly which edition."""

from datetime import date
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from regulars.domain.errors import BadInput
from regulars.sinks.delta import FULL_CSV
from regulars.sinks.manifest import DayManifest, Hold


class Acceptance(BaseModel):
    """The decision on one edition of a held list; another edition needs another decision."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    business_date: date
    list_name: str
    sha256: str
    holds: tuple[Hold, ...]
    who: str
    why: str
    decided_on: date


def accept_list(
    folder: Path, manifest: DayManifest, list_name: str, who: str, why: str, decided_on: date
) -> Acceptance:
    """Keep the decision. Raises BadInput when the list does not wait, or who or why is blank."""
    if not (who.strip() and why.strip()):
        raise BadInput("who and why are needed", next_move="give --who and --why")
    state = manifest.lists.get(list_name)
    if state is None or not state.holds:
        waiting = [name for name, one in manifest.lists.items() if one.holds]
        raise BadInput(
            f"list {list_name!r} of {manifest.business_date} does not wait for anybody",
            next_move=f"waiting: {', '.join(waiting) or 'none'}",
        )
    decision = Acceptance(
        business_date=manifest.business_date,
        list_name=list_name,
        sha256=_full_digest(manifest, list_name),
        holds=state.holds,
        who=who.strip(),
        why=why.strip(),
        decided_on=decided_on,
    )
    path = _path(folder, manifest, list_name)
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_suffix(".part")
    partial.write_text(decision.model_dump_json(indent=2) + "\n", "utf-8")
    partial.replace(path)
    return decision


def read_acceptance(folder: Path, manifest: DayManifest, list_name: str) -> Acceptance | None:
    """The decision on this edition of a list, if there is one."""
    path = _path(folder, manifest, list_name)
    if not path.is_file():
        return None
    decision = Acceptance.model_validate_json(path.read_bytes())
    return decision if decision.sha256 == _full_digest(manifest, list_name) else None


def _path(folder: Path, manifest: DayManifest, list_name: str) -> Path:
    return folder / manifest.business_date.isoformat() / f"{list_name}.json"


def _full_digest(manifest: DayManifest, list_name: str) -> str:
    path = f"{list_name}/{FULL_CSV}"
    return next(entry.sha256 for entry in manifest.files if entry.path == path)
