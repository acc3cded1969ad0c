"""Fetching from a folder elsewhere: what is whole and not here yet, copied into the inbox."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path, PurePosixPath

from regulars.domain.errors import BadInput
from regulars.patience import Patience, keep_trying
from regulars.policy import SourcePolicy
from regulars.sources.discovery import recognise_name
from regulars.sources.file_names import is_passing
from regulars.sources.files import FileRefused, Reason, RefusedFile
from regulars.sources.layouts import Layout
from regulars.sources.reading import MAX_FILE_BYTES
from regulars.sources.remote_copies import Copies
from regulars.sources.remote_files import RemoteFile, RemoteFolder, State, is_safe, list_files

Whole = tuple[RemoteFile, State]


@dataclass(frozen=True)
class Fetching:
    """A source's remote folder and the inbox its files are copied into; `tell` hears of it."""

    source: SourcePolicy
    layout: Layout
    folder: RemoteFolder
    inbox: Path
    tell: Callable[[str], None]
    patience: Patience = field(default_factory=Patience)

    def fetch(self, first: date, last: date) -> tuple[RefusedFile, ...]:
        """Copy the files that speak for [first, last] and are not here yet.

        Returns those that were not taken, and why; one that is still being written waits for the
        next run. Raises OSError where the place does not answer in the end: what was copied by
        then stays, and the next run goes on from there. BadInput where it shuts us out.
        """
        try:
            return tuple(self._fetch(first, last))
        except FileNotFoundError:
            return (_no_folder(self.source),)
        except PermissionError as error:
            raise BadInput(
                f"the folder of source {self.source.name} may not be read",
                next_move="correct the rights, or the connection named in the policy",
            ) from error

    def _fetch(self, first: date, last: date) -> Iterator[RefusedFile]:
        keeping = keep_trying(self.patience, OSError)
        listed = keeping(list_files, self.folder, deep=bool(self.layout.day_folders))
        copies = Copies(self.inbox)
        wanted: list[Whole] = []
        for file in listed:
            try:
                if self._is_asked_for(file, first, last):
                    wanted.append((file, keeping(file.state)))
            except FileRefused as error:
                yield _told(file, error)
        missing = [(file, state) for file, state in wanted if not copies.has(file, state)]
        if missing and not self.source.done_marker:
            self.patience.sleep(self.source.settle_seconds)
        names = {file.name for file in listed}
        for file, state in missing:
            try:
                self._check_whole(file, state, names)
                keeping(copies.take, file, state)
                self.tell(f"{self.source.name}: {file.name}: {state.size} bytes copied")
            except FileRefused as error:
                yield _told(file, error)

    def _is_asked_for(self, file: RemoteFile, first: date, last: date) -> bool:
        """Whether the file speaks for the window. Raises FileRefused for what nobody can take."""
        name = file.name
        if is_passing(name.name) or self.layout.ignores(name.name) or self._is_marker(name):
            return False
        if not is_safe(name) or file.place.is_symlink():
            raise FileRefused(
                str(name), Reason.SYMLINK_LEAVES_FOLDER,
                "it is a link, or its name leads out of the folder", "drop the file itself",
            )  # fmt: skip
        return recognise_name(name, self.layout)[1].overlaps(first, last)

    def _is_marker(self, name: PurePosixPath) -> bool:
        return self.source.is_marker(name.name)

    def _check_whole(self, file: RemoteFile, state: State, names: set[PurePosixPath]) -> None:
        """Raises FileRefused while somebody may still be writing the file."""
        if state.size > MAX_FILE_BYTES:
            raise FileRefused(
                str(file.name), Reason.FILE_TOO_LARGE,
                f"it has {state.size >> 20} MB; the limit is {MAX_FILE_BYTES >> 20} MB",
                "drop it in parts, one file per day or month",
            )  # fmt: skip
        if marker := self.source.marker_of(file.name.name):
            wanted = file.name.with_name(marker)
            if wanted not in names:
                raise _not_whole(file, Reason.WAITING_FOR_MARKER, f"there is no {wanted.name} yet")
        elif file.state() != state:
            raise _not_whole(file, Reason.NOT_WHOLE_YET, "it is still growing")


def _no_folder(source: SourcePolicy) -> RefusedFile:
    return RefusedFile(
        source.folder, Reason.FOLDER_MISSING,
        f"the folder of source {source.name} does not exist",
        "create it there, or correct `folder` in the policy",
    )  # fmt: skip


def _not_whole(file: RemoteFile, reason: Reason, why: str) -> FileRefused:
    return FileRefused(str(file.name), reason, why, "nothing, if it comes: the next run takes it")


def _told(file: RemoteFile, error: FileRefused) -> RefusedFile:
    return RefusedFile(str(file.name), error.reason_code, error.message, error.next_move)
