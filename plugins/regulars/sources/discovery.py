"""Discovery: which files of a source are there for a window of days, and which days have none."""

import hashlib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from difflib import get_close_matches
from pathlib import Path, PurePath

from regulars.domain.errors import BadInput
from regulars.policy import SourcePolicy
from regulars.sources.file_names import FileName, day_of, is_passing, parse_file_name
from regulars.sources.files import Discovery, DroppedFile, FileRefused, Reason, RefusedFile
from regulars.sources.layouts import LAYOUTS, Layout, load_layout

_CHUNK_BYTES = 1 << 20


@dataclass(frozen=True)
class _Named:
    path: Path
    shown: str
    table: str
    name: FileName


def discover(
    source: SourcePolicy, drop: Path, first: date, last: date, layouts: Path = LAYOUTS
) -> Discovery:
    """The source's files that speak for some day of [first, last], or do not say for which.

    Sorted by name. What cannot be taken is told in `refused`; only a folder outside the drop
    folder raises (BadInput), for that is a mistake in the policy.
    """
    folder = _folder_of(source, drop)
    if not folder.is_dir():
        return Discovery((), (_missing_folder(source),))
    return discover_in(folder, source, first, last, layouts)


def discover_in(
    folder: Path, source: SourcePolicy, first: date, last: date, layouts: Path = LAYOUTS
) -> Discovery:
    """The same, of a folder that is there: that of what was fetched from elsewhere."""
    layout = load_layout(source.layout, layouts)
    files: list[DroppedFile] = []
    refused: list[RefusedFile] = []
    for path in _candidates(folder, layout):
        if source.is_marker(path.name):
            continue
        try:
            if not source.is_elsewhere:
                _wait_for_marker(path, source.marker_of(path.name))
            named = _recognise(path, folder, layout)
            if named.name.overlaps(first, last):
                files.append(_describe(named))
        except FileRefused as error:
            shown = path.relative_to(folder).as_posix()
            refused.append(RefusedFile(shown, error.reason_code, error.message, error.next_move))
    return Discovery(tuple(files), tuple(refused))


def discover_beside(dropped: DroppedFile, layout: Layout) -> tuple[DroppedFile, ...]:
    """The files of the same folder that the layout recognises; what is odd is told elsewhere."""
    root = dropped.path
    for _ in dropped.name.split("/"):
        root = root.parent
    found = []
    for path in sorted(dropped.path.parent.iterdir()):
        if path.is_file() and not is_passing(path.name):
            with suppress(FileRefused):
                found.append(_describe(_recognise(path, root, layout)))
    return tuple(found)


def missing_days(
    source: SourcePolicy,
    discovery: Discovery,
    first: date,
    last: date,
    layouts: Path = LAYOUTS,
) -> tuple[date, ...]:
    """The days of [first, last] for which a daily source dropped no orders at all.

    No file is never "no sales": a day without sales has a file with a header only. An undated
    file speaks for every day.
    """
    layout = load_layout(source.layout, layouts)
    orders = [file for file in discovery.files if "orders" in layout.makes(file.table)]
    days = (first + timedelta(days=offset) for offset in range((last - first).days + 1))
    return tuple(
        day
        for day in days
        if source.is_expected_on(day) and not any(_speaks_for(file, day) for file in orders)
    )


def hash_file(path: Path) -> tuple[str, int]:
    """A file's sha256 and size in bytes. Raises FileRefused where it changes meanwhile."""
    before = path.stat()
    digest = hashlib.sha256()
    size = 0
    with path.open("rb") as stream:
        while chunk := stream.read(_CHUNK_BYTES):
            digest.update(chunk)
            size += len(chunk)
    after = path.stat()
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns) or (
        size != after.st_size
    ):
        raise changed_while_read(path)
    return digest.hexdigest(), size


def changed_while_read(path: Path) -> FileRefused:
    """The refusal of a file that somebody is still writing."""
    return FileRefused(
        path.name,
        Reason.FILE_CHANGED_WHILE_READ,
        "the file changed while it was read",
        "wait for the upload to end and run again; upload under a name ending in .part first",
    )


def _folder_of(source: SourcePolicy, drop: Path) -> Path:
    root = drop.resolve()
    folder = (root / source.folder).resolve()
    if not folder.is_relative_to(root):
        raise BadInput(
            f"the folder {source.folder!r} of source {source.name} is outside the drop folder",
            next_move="name a folder inside it in the policy",
        )
    return folder


def _missing_folder(source: SourcePolicy) -> RefusedFile:
    return RefusedFile(
        source.folder,
        Reason.FOLDER_MISSING,
        f"the folder of source {source.name} does not exist",
        "create it in the drop folder, or remove the source from the policy",
    )


def _candidates(folder: Path, layout: Layout) -> Iterator[Path]:
    """The files of a folder by name; where there are day folders, those in them, at any depth."""
    paths = folder.rglob("*") if layout.day_folders else folder.iterdir()
    for path in sorted(paths, key=lambda path: path.relative_to(folder).as_posix()):
        is_passed = is_passing(path.name) or layout.ignores(path.name)
        if not is_passed and (path.is_symlink() or path.is_file()):
            yield path


def _wait_for_marker(path: Path, marker: str) -> None:
    if marker and not path.with_name(marker).exists():
        raise FileRefused(
            path.name,
            Reason.WAITING_FOR_MARKER,
            f"there is no {marker} yet: the upload may not have ended",
            "drop the marker when the file is whole; the next run takes it",
        )


def _recognise(path: Path, folder: Path, layout: Layout) -> _Named:
    if not path.resolve().is_relative_to(folder) or not path.is_file():
        raise FileRefused(
            path.name,
            Reason.SYMLINK_LEAVES_FOLDER,
            "it is a link to something that is not a file of this folder",
            "drop the file itself",
        )
    table, name = recognise_name(path, layout)
    return _Named(path, path.relative_to(folder).as_posix(), table, name)


def recognise_name(path: PurePath, layout: Layout) -> tuple[str, FileName]:
    """The table and the days that a file's name and folder say. Raises FileRefused."""
    try:
        name = _read_name(path, layout)
    except ValueError as error:
        raise _unrecognised(path, f"the name cannot be read: {error}", layout) from error
    owners = layout.owners_of(name.stem)
    if not owners:
        raise _unrecognised(path, f"no template is named {name.stem!r}", layout, name.stem)
    if len(owners) > 1:
        raise FileRefused(
            path.name,
            Reason.AMBIGUOUS_FILE,
            f"it may be {' or '.join(str(owner) for owner in owners)}",
            "give it a name that fits only one",
        )
    return owners[0], name


def _read_name(path: PurePath, layout: Layout) -> FileName:
    """What name and folder say. Raises ValueError saying what is wrong with them."""
    name = parse_file_name(path.name, layout.name_days, layout.name_day_format)
    if not layout.day_folders:
        return name
    day = day_of(path.parent.name, layout.day_folders)
    return FileName(name.stem, day, day)


def _unrecognised(path: PurePath, message: str, layout: Layout, stem: str = "") -> FileRefused:
    near = get_close_matches(stem, layout.stems(), n=1)
    names = near or list(layout.stems())
    return FileRefused(
        path.name,
        Reason.UNRECOGNISED_FILE,
        message,
        f"name it {' or '.join(names)}, then _YYYY-MM-DD if it is one day's, then .csv, .xlsx "
        "or .parquet",
    )


def _describe(named: _Named) -> DroppedFile:
    sha256, size = hash_file(named.path)
    name = named.name
    return DroppedFile(
        named.path, named.shown, named.table, sha256, size, name.first_day, name.last_day
    )


def _speaks_for(file: DroppedFile, day: date) -> bool:
    if file.first_day is None or file.last_day is None:
        return True
    return file.first_day <= day <= file.last_day
