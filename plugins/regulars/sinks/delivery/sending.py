"""Files to a place: under a passing name, proven, then renamed; on from where one was cut."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any, Protocol

from regulars.patience import Patience, keep_trying
from regulars.sinks.manifest import MANIFEST


class PathObject(Protocol):
    """The folder of a destination: a path object (`UPath`, Airflow's `ObjectStoragePath`)."""

    @property
    def fs(self) -> Any:
        """Its fsspec file system."""
        ...

    @property
    def path(self) -> str:
        """The path within the file system."""
        ...


@dataclass(frozen=True)
class Destination:
    """A folder somewhere; what is sent there is tried again with patience."""

    place: PathObject
    patience: Patience = field(default_factory=Patience)

    def send(self, folder: str, files: Mapping[str, bytes], *, private: bool = False) -> int:
        """Bring the files to a folder of the place; returns how many had to be sent.

        The manifest is taken away first and comes back last: a folder that has one is whole.
        What is there already, byte for byte, is left as it is. Raises OSError where the place
        does not answer in the end; the next call goes on from there.
        """
        keeping = keep_trying(self.patience, OSError)
        paths = {self._path(folder, name): content for name, content in files.items()}
        missing = {
            path: new for path, new in paths.items() if not keeping(_speak, self._holds, path, new)
        }
        manifest = self._path(folder, MANIFEST)
        if missing and manifest not in missing:
            missing[manifest] = files[MANIFEST]
        if missing:
            keeping(_speak, self._remove, manifest)
        for path in sorted(missing, key=lambda path: path == manifest):
            keeping(_speak, self._put, path, missing[path], private)
        return len(missing)

    def _path(self, folder: str, name: str) -> str:
        return str(PurePosixPath(self.place.path, folder, name))

    def _put(self, path: str, content: bytes, private: bool) -> None:
        """Write beside, prove, rename. Raises OSError when less or other bytes arrived."""
        fs, digest = self.place.fs, hashlib.sha256(content).hexdigest()
        target = PurePosixPath(path)
        fs.makedirs(str(target.parent), exist_ok=True)
        if private:
            self._close_to_others(str(target.parent), 0o700)
        part = str(target.with_name(f".{target.name}.{digest[:12]}.part"))
        arrived = max(self._size(part), 0)
        if arrived > len(content):
            fs.rm_file(part)
            arrived = 0
        if arrived < len(content) or not content:
            with fs.open(part, "ab" if arrived else "wb") as stream:
                stream.write(content[arrived:])
        if not self._holds(part, content):
            fs.rm_file(part)
            raise ConnectionError(f"{target.name} did not arrive as it was sent")
        if private:
            self._close_to_others(part, 0o600)
        fs.mv(part, path)
        if self._size(path) != len(content):
            raise ConnectionError(f"{target.name} was not renamed whole")

    def _close_to_others(self, path: str, rights: int) -> None:
        """Owner alone, on file systems that know owners: this machine's, and SFTP's."""
        for one in (self.place.fs, getattr(self.place.fs, "ftp", None)):
            chmod = getattr(one, "chmod", None)
            if chmod is not None:
                chmod(path, rights)
                return

    def _holds(self, path: str, content: bytes) -> bool:
        """Whether exactly these bytes lie there."""
        if self._size(path) != len(content):
            return False
        with self.place.fs.open(path, "rb") as stream:
            return bool(stream.read() == content)

    def _size(self, path: str) -> int:
        """The bytes of a file; -1 where there is none."""
        self.place.fs.invalidate_cache()
        try:
            return int(self.place.fs.info(path)["size"])
        except FileNotFoundError:
            return -1

    def _remove(self, path: str) -> None:
        if self._size(path) >= 0:
            self.place.fs.rm_file(path)


def _speak(ask: Callable[..., Any], *asked: object) -> Any:
    """Ask the place. Raises OSError for whatever its library calls a lost connection."""
    try:
        return ask(*asked)
    except OSError:
        raise
    except Exception as error:
        raise ConnectionError(f"{type(error).__name__} of the file system") from error
