"""A folder elsewhere, as a path object (`UPath`, Airflow's `ObjectStoragePath`) shows it."""

import json
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any, BinaryIO, Protocol, cast

from upath import UPath

from regulars.domain.errors import BadInput

MAX_MEMBERS = 10_000


class RemoteFolder(Protocol):
    """The few things asked of a path object; files and folders are both."""

    @property
    def name(self) -> str:
        """The last part of the path."""
        ...

    @property
    def fs(self) -> Any:
        """The file system."""
        ...

    @property
    def path(self) -> str:
        """The path within the file system."""
        ...

    def iterdir(self) -> Iterator["RemoteFolder"]:
        """What lies in the folder."""
        ...

    def is_dir(self) -> bool:
        """Whether it is a folder."""
        ...

    def is_symlink(self) -> bool:
        """Whether it is a link."""
        ...

    def stat(self) -> Any:
        """Size (`st_size`) and time of the last change (`st_mtime`)."""
        ...

    def open(self, mode: str) -> AbstractContextManager[BinaryIO]:
        """The content."""
        ...


@dataclass(frozen=True)
class State:
    """What tells one version of a remote file from another: its size, its tag or its time."""

    size: int
    changed: str


@dataclass(frozen=True)
class RemoteFile:
    """A remote file: its path within the folder, and the object that reads it."""

    name: PurePosixPath
    place: RemoteFolder

    def state(self) -> State:
        """Its size and time of change now."""
        told = self.place.stat()
        more = told if isinstance(told, Mapping) else told.as_info()
        return State(int(told.st_size), str(more.get("ETag") or told.st_mtime))


def open_folder(url: str, options: str | None) -> RemoteFolder:
    """The folder of a URL; options are those of its file system, as JSON. Raises BadInput."""
    try:
        given = json.loads(options) if options else {}
        folder = UPath(url, **given)
        # The file system is made when it is first asked for: what it lacks is told here.
        _ = folder.fs
    except json.JSONDecodeError:
        raise BadInput(
            f"the options of the connection for {_scheme(url)} are not JSON",
            next_move='write them as {"key": "value"}, as the file system wants them',
        ) from None
    except (ImportError, ValueError) as error:
        raise BadInput(
            f"{_scheme(url)} cannot be opened: {error}",
            next_move="install what reads it: s3fs for s3, paramiko for sftp",
        ) from None
    return cast(RemoteFolder, folder)


def list_files(folder: RemoteFolder, deep: bool) -> list[RemoteFile]:
    """The files in a folder by name, and with `deep` those in its folders.

    Links are not followed. Raises BadInput where there are too many to be meant.
    """
    found = sorted(_walk(folder, PurePosixPath(), deep), key=lambda file: file.name)
    if len(found) > MAX_MEMBERS:
        raise BadInput(
            f"the folder holds more than {MAX_MEMBERS} files",
            next_move="name the folder of this source alone, or clear out what is old",
        )
    return found


def is_safe(name: PurePosixPath) -> bool:
    """Whether a name stays in its folder on any machine."""
    parts = name.parts
    odd = any(part in ("..", ".") or "\\" in part or "\0" in part or ":" in part for part in parts)
    return bool(parts) and not odd and not name.is_absolute()


def _walk(folder: RemoteFolder, above: PurePosixPath, deep: bool) -> Iterator[RemoteFile]:
    for number, place in enumerate(folder.iterdir()):
        if number > MAX_MEMBERS:
            return
        name = above / place.name
        if not is_safe(name) or place.is_symlink() or not place.is_dir():
            yield RemoteFile(name, place)
        elif deep:
            yield from _walk(place, name, deep)


def _scheme(url: str) -> str:
    return url.partition("://")[0] + "://"
