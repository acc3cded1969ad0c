"""Where a source's files lie: in the drop folder, or in the inbox once they were fetched."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from regulars.policy import SourcePolicy
from regulars.settings import Settings
from regulars.sources.discovery import discover, discover_in
from regulars.sources.files import Discovery
from regulars.sources.layouts import Layout, load_layout
from regulars.steps.runtime import Run, tell

if TYPE_CHECKING:
    from regulars.sources.remote_files import RemoteFolder


class Places(Protocol):
    """How places outside this machine are reached: by the environment, or by Airflow."""

    def secret(self, connection: str) -> str | None:
        """The URL of a database, or None where nobody knows the connection."""
        ...

    def folder(self, source: SourcePolicy) -> "RemoteFolder":
        """The folder of a source that lies elsewhere."""
        ...


@dataclass(frozen=True)
class EnvironmentPlaces:
    """Places as the environment names them: `REGULARS_CONNECTION_<NAME>`."""

    settings: Settings

    def secret(self, connection: str) -> str | None:
        """The URL of a database."""
        return self.settings.connection(connection)

    def folder(self, source: SourcePolicy) -> "RemoteFolder":
        """The folder, opened with the options of its connection, if it names one."""
        from regulars.sources.remote_files import open_folder

        options = self.secret(source.connection) if source.connection else None
        return open_folder(source.folder, options)


def bring_in(run: Run, source: SourcePolicy, places: Places) -> Discovery:
    """Fetch what lies elsewhere, then find the files that speak for the window.

    An extract may reach back before the window, to where the last one ended: it is found too.
    """
    layout = load_layout(source.layout)
    inbox = run.settings.inbox_folder / source.name
    if layout.queries and source.connection:
        first = _extract(run, source, layout, inbox, places)
        return discover_in(inbox, source, first, run.business_date)
    if source.is_elsewhere:
        return _fetch(run, source, layout, inbox, places)
    return discover(source, run.settings.drop_folder, run.first_date, run.business_date)


def _extract(run: Run, source: SourcePolicy, layout: Layout, inbox: Path, places: Places) -> date:
    """Read the database up to the end of the window; the first day that an extract speaks for."""
    from regulars.sources.databases import open_database
    from regulars.sources.extraction import Extraction

    name = str(source.connection)
    extraction = Extraction(source, open_database(name, places.secret(name)), inbox, tell)
    made = extraction.extract_all(layout, (run.first_date, run.business_date))
    return min([run.first_date, *(extract.first_day for extract in made)])


def _fetch(
    run: Run, source: SourcePolicy, layout: Layout, inbox: Path, places: Places
) -> Discovery:
    """Copy the remote files of the window into the inbox, whole, and find them there."""
    from regulars.sources.remote_folders import Fetching

    fetching = Fetching(source, layout, places.folder(source), inbox, tell)
    refused = fetching.fetch(run.first_date, run.business_date)
    found = discover_in(inbox, source, run.first_date, run.business_date)
    return Discovery(found.files, (*refused, *found.refused))
