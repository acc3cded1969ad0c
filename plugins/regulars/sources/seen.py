"""What a source had in its folder when a window was ingested: kept, to be told later."""

from datetime import date
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from regulars.sources.files import Discovery, Reason
from regulars.sources.landing import write_whole
from regulars.sources.layouts import Layout


class SeenFile(BaseModel):
    """A file that was there: what it is, and the days it speaks for (None: it does not say)."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    file_name: str
    sha256: str
    makes: tuple[str, ...]
    first_day: date | None
    last_day: date | None


class UnseenFile(BaseModel):
    """A file that could not even be taken up, and what to do about it."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    file_name: str
    reason_code: Reason
    message: str
    next_move: str


class SeenWindow(BaseModel):
    """The files of a source for a window of days, and the days it should have spoken for."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    source_system: str
    first_date: date
    business_date: date
    files: tuple[SeenFile, ...]
    refused: tuple[UnseenFile, ...]
    missing_days: tuple[date, ...]


def describe_window(
    source: str,
    window: tuple[date, date],
    layout: Layout,
    found: Discovery,
    missing: tuple[date, ...],
) -> SeenWindow:
    """The note on what was discovered for a window, both days included."""
    return SeenWindow(
        source_system=source,
        first_date=window[0],
        business_date=window[1],
        files=tuple(
            SeenFile(
                file_name=file.name,
                sha256=file.sha256,
                makes=layout.makes(file.table),
                first_day=file.first_day,
                last_day=file.last_day,
            )
            for file in found.files
        ),
        refused=tuple(
            UnseenFile(
                file_name=one.file,
                reason_code=one.reason_code,
                message=one.message,
                next_move=one.next_move,
            )
            for one in found.refused
        ),
        missing_days=missing,
    )


def write_seen(folder: Path, seen: SeenWindow) -> Path:
    """Write a window's note, replacing that of an earlier look at the same window."""
    name = f"{seen.first_date}_{seen.business_date}.json"
    path = folder / seen.source_system / "seen" / name
    write_whole(path, (seen.model_dump_json(indent=1) + "\n").encode())
    return path


def read_seen(folder: Path, source: str, window: tuple[date, date]) -> SeenWindow | None:
    """What a source had for exactly this window; None if nobody looked."""
    path = folder / source / "seen" / f"{window[0]}_{window[1]}.json"
    return SeenWindow.model_validate_json(path.read_bytes()) if path.is_file() else None


def read_all_seen(folder: Path) -> tuple[SeenWindow, ...]:
    """Every note of every source, in the order of their names."""
    paths = sorted(folder.glob("*/seen/*.json"))
    return tuple(SeenWindow.model_validate_json(path.read_bytes()) for path in paths)
