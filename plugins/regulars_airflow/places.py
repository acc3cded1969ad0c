"""Places outside this machine, as Airflow's connections open them."""

from typing import TYPE_CHECKING, cast

from airflow.sdk import BaseHook, ObjectStoragePath
from airflow.sdk.exceptions import AirflowNotFoundException
from sqlalchemy.engine import URL

from regulars.domain.errors import BadInput
from regulars.settings import Settings
from regulars.sources.remote_files import RemoteFolder

if TYPE_CHECKING:
    from regulars.steps.bringing_in import Elsewhere


class AirflowPlaces:
    """The places of a policy. A secret in `REGULARS_CONNECTION_<NAME>` wins over Airflow's."""

    def secret(self, connection: str) -> str | None:
        """The URL of a database, or None where neither knows the connection."""
        return Settings().connection(connection) or _url_of(connection)

    def folder(self, place: "Elsewhere") -> RemoteFolder:
        """The folder of a place, opened with its connection if it names one. Raises BadInput."""
        try:
            folder = ObjectStoragePath(place.folder, conn_id=place.connection)
            # The file system is made when it is first asked for: what it lacks is told here.
            _ = folder.fs
        except (ImportError, ValueError) as error:
            raise BadInput(
                f"the folder of {place.name} cannot be opened: {error}",
                next_move="install the provider that reads it: amazon[s3fs] for s3, sftp for sftp",
            ) from None
        return cast(RemoteFolder, folder)


def _url_of(connection: str) -> str | None:
    try:
        known = BaseHook.get_connection(connection)
    except AirflowNotFoundException:
        return None
    is_file = known.conn_type == "sqlite"
    url = URL.create(
        str(known.conn_type),
        username=None if is_file else known.login,
        password=None if is_file else known.password,
        host=None if is_file else known.host,
        port=None if is_file else known.port,
        database=known.host if is_file else known.schema,
    )
    return url.render_as_string(hide_password=False)
