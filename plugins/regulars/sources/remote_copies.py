"""Copies of remote files in the inbox: whole or not there, and on from where one was cut."""

import hashlib
import io
import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import BinaryIO

from regulars.sources.files import FileRefused, Reason
from regulars.sources.remote_files import RemoteFile, State

_CHUNK_BYTES = 1 << 20
_LEDGER = ".fetched.json"


@dataclass(frozen=True)
class Copies:
    """The inbox of a source. Its ledger says of which version each file is the copy.

    Without the ledger everything is copied again, which changes nothing but the time it takes.
    """

    inbox: Path

    def has(self, file: RemoteFile, state: State) -> bool:
        """Whether this version of the file is here."""
        kept = self._read_ledger().get(str(file.name), {})
        path = self.inbox / file.name
        return (
            kept.get("size") == state.size
            and kept.get("changed") == state.changed
            and path.is_file()
            and path.stat().st_size == state.size
        )

    def take(self, file: RemoteFile, state: State) -> None:
        """Copy the file. Raises OSError where it was cut off: the next call goes on from there.

        Raises FileRefused where it changed meanwhile: nothing of it is kept.
        """
        path = self.inbox / file.name
        path.parent.mkdir(parents=True, exist_ok=True)
        self.inbox.chmod(0o700)
        part = self._part_of(path, state)
        try:
            self._copy(file, state, part)
        except FileNotFoundError as error:
            raise _changed(file) from error
        if part.stat().st_size != state.size or file.state() != state:
            part.unlink()
            raise _changed(file)
        digest = hashlib.sha256()
        with part.open("rb") as stream:
            while chunk := stream.read(_CHUNK_BYTES):
                digest.update(chunk)
        part.chmod(0o600)
        part.replace(path)
        self._note(file, state, digest.hexdigest())

    def _copy(self, file: RemoteFile, state: State, part: Path) -> None:
        """Append what is missing of the file to its part."""
        with file.place.open("rb") as stream, part.open("ab") as copy:
            if copy.tell() and not _seek(stream, copy.tell()):
                copy.truncate(0)
            while chunk := stream.read(_CHUNK_BYTES):
                copy.write(chunk)
                if copy.tell() > state.size:
                    return
            if copy.tell() < state.size:
                raise ConnectionError(f"{file.name} was cut off at byte {copy.tell()}")

    def _part_of(self, path: Path, state: State) -> Path:
        """Where this version is gathered; parts of other versions are of no use any more."""
        version = hashlib.sha256(f"{state.size} {state.changed}".encode()).hexdigest()[:12]
        part = path.with_name(f".{path.name}.{version}.part")
        for other in path.parent.glob(f".{path.name}.*.part"):
            if other != part:
                other.unlink()
        return part

    def _read_ledger(self) -> dict[str, dict[str, object]]:
        try:
            ledger: dict[str, dict[str, object]] = json.loads((self.inbox / _LEDGER).read_bytes())
        except (FileNotFoundError, json.JSONDecodeError):
            return {}
        return ledger

    def _note(self, file: RemoteFile, state: State, sha256: str) -> None:
        ledger = self._read_ledger() | {str(file.name): {**asdict(state), "sha256": sha256}}
        partial = self.inbox / f"{_LEDGER}.part"
        partial.write_text(json.dumps(ledger, indent=1, sort_keys=True), "utf-8")
        partial.replace(self.inbox / _LEDGER)


def _seek(stream: BinaryIO, offset: int) -> bool:
    """Go to a byte; False where this file system cannot, and the copy begins anew."""
    try:
        return stream.seek(offset) == offset
    except (io.UnsupportedOperation, NotImplementedError, ValueError):
        return False


def _changed(file: RemoteFile) -> FileRefused:
    return FileRefused(
        str(file.name), Reason.FILE_CHANGED_WHILE_READ, "the file changed while it was copied",
        "nothing, if its upload ends: the next run takes it",
    )  # fmt: skip
