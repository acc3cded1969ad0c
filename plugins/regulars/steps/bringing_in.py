"""Where a source's files lie: in the drop folder, or in the inbox once they were fetched."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Protocol

from regulars.policy import SourcePolicy
from regulars.settings import Settings
from regulars.sources.discovery import discover, discover_in
from regulars.sources.files import Discovery, RefusedFile
from regulars.sources.layouts import Layout, load_layout
from regulars.steps.runtime import Run, tell

if TYPE_CHECKING:
    from regulars.sources.remote_files import RemoteFolder


class Elsewhere(Protocol):
    """A policy's name for a place that is not on this machine: of a source, or of a delivery."""

    @property
    def name(self) -> str:
        """Whose place it is."""
        ...

    @property
    def folder(self) -> str:
        """Its URL."""
        ...

    @property
    def connection(self) -> str | None:
        """The connection that opens it."""
        ...


class Places(Protocol):
    """How places outside this machine are reached: by the environment, or by Airflow."""

    def secret(self, connection: str) -> str | None:
        """The URL of a database, or None where nobody knows the connection."""
        ...

    def folder(self, place: Elsewhere) -> "RemoteFolder":
        """The folder of a place."""
        ...


@dataclass(frozen=True)
class EnvironmentPlaces:
    """Places as the environment names them: `REGULARS_CONNECTION_<NAME>`."""

    settings: Settings

    def secret(self, connection: str) -> str | None:
        """The URL of a database."""
        return self.settings.connection(connection)

    def folder(self, place: Elsewhere) -> "RemoteFolder":
        """The folder, opened with the options of its connection, if it names one."""
        from regulars.sources.remote_files import open_folder

        options = self.secret(place.connection) if place.connection else None
        return open_folder(place.folder, options)


def bring_in(run: Run, source: SourcePolicy, places: Places) -> Discovery:
    """Fetch what lies elsewhere, then find the files that speak for the window.

    An extract may reach back before the window, to where the last one ended: it is found too.
    """
    layout = load_layout(source.layout)
    first = run.first_date
    refused: tuple[RefusedFile, ...] = ()
    if _is_database(source, layout):
        first = _extract(run, source, layout, places)
    elif source.is_elsewhere:
        refused = _fetch(run, source, layout, places)
    found = find_files(run.settings, source, first, run.business_date)
    return Discovery(found.files, (*refused, *found.refused))


def find_files(settings: Settings, source: SourcePolicy, first: date, last: date) -> Discovery:
    """The files of a source that speak for the window, as far as they are here."""
    if source.is_elsewhere or _is_database(source, load_layout(source.layout)):
        inbox = settings.inbox_folder / source.name
        # What is here is whole: it was waited for where it comes from.
        whole = source.model_copy(update={"done_marker": ""})
        return discover_in(inbox, whole, first, last) if inbox.is_dir() else Discovery((), ())
    return discover(source, settings.drop_folder, first, last)


def _is_database(source: SourcePolicy, layout: Layout) -> bool:
    """A layout with queries reads files just as well; the connection says that it is not files."""
    return bool(layout.queries and source.connection)


def _extract(run: Run, source: SourcePolicy, layout: Layout, places: Places) -> date:
    """Read the database up to the end of the window; the first day that an extract speaks for."""
    from regulars.sources.databases import open_database
    from regulars.sources.extraction import Extraction

    name, inbox = str(source.connection), run.settings.inbox_folder / source.name
    extraction = Extraction(source, open_database(name, places.secret(name)), inbox, tell)
    made = extraction.extract_all(layout, (run.first_date, run.business_date))
    return min([run.first_date, *(extract.first_day for extract in made)])


def _fetch(
    run: Run, source: SourcePolicy, layout: Layout, places: Places
) -> tuple[RefusedFile, ...]:
    """Copy the remote files of the window into the inbox; returns what was not taken."""
    from regulars.sources.remote_folders import Fetching

    inbox = run.settings.inbox_folder / source.name
    fetching = Fetching(source, layout, places.folder(source), inbox, tell)
    return fetching.fetch(run.first_date, run.business_date)
