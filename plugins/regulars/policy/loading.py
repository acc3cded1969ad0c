"""Policy files: one YAML file per version, each with the day from which it is valid."""

from datetime import date
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from pydantic import ValidationError

from regulars.domain.documents import read_document
from regulars.domain.errors import BadInput
from regulars.policy.protected import refuse_protected
from regulars.policy.version import Policy


def load_policy(folder: Path, on: date) -> Policy:
    """The policy in force on a day. Raises BadInput naming file, key and next move."""
    versions = _versions(folder)
    if len({policy.name for policy in versions}) > 1:
        raise BadInput(
            f"versions of one policy need one name, not {sorted({p.name for p in versions})}",
            where=str(folder),
            next_move="customers are known under that name: give all files the same",
        )
    days = [policy.valid_from for policy in versions]
    if repeated := sorted({day for day in days if days.count(day) > 1}):
        raise BadInput(
            f"two versions start on {repeated[0]}",
            where=str(folder),
            next_move="give one of them another valid_from, or remove it",
        )
    in_force = [policy for policy in versions if policy.valid_from <= on]
    if not in_force:
        raise BadInput(
            f"no policy is valid on {on}; the first starts on {versions[0].valid_from}",
            where=str(folder),
            next_move="add a version with an earlier valid_from",
        )
    return in_force[-1]


def first_valid_from(folder: Path) -> date:
    """The day on which the first version starts. Raises BadInput where there is none."""
    return _versions(folder)[0].valid_from


def _versions(folder: Path) -> list[Policy]:
    files = sorted(folder.glob("*.yaml"))
    if not files:
        raise BadInput("no policy file", where=str(folder), next_move="set REGULARS_POLICY")
    return sorted((_read(path) for path in files), key=lambda policy: policy.valid_from)


@lru_cache(maxsize=32)
def _parse(path: Path, content: bytes) -> Policy:
    document = read_document(content, path.name)
    refuse_protected(document, path.name)
    try:
        return Policy(**{**document, "fingerprint": sha256(content).hexdigest()})
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(str(part) for part in first["loc"]) or "(whole file)"
        raise BadInput(
            f"{key}: {first['msg']}", where=path.name, next_move="correct the key and run again"
        ) from error


def _read(path: Path) -> Policy:
    return _parse(path, path.read_bytes())
