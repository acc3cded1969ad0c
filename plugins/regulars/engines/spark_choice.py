"""Which catalogue and which way of publishing a server gets: by what it can do and the format."""

from regulars.domain.errors import BadInput
from regulars.engines.spark_abilities import Abilities, Rows, Run
from regulars.engines.spark_catalogue import Catalogue, LastingCatalogue, SessionCatalogue
from regulars.engines.spark_publishing import Publishing, ReplaceWhere
from regulars.engines.spark_uri import SparkPlace
from regulars.engines.spark_versions import VersionedTables


def choose(
    place: SparkPlace, abilities: Abilities, run: Run, rows: Rows
) -> tuple[Catalogue, Publishing]:
    """Raises BadInput when the server cannot keep tables of this format without torn reads."""
    _refuse(place, abilities)
    if place.format == "parquet":
        lasting = LastingCatalogue(rows, place.schema)
        return lasting, VersionedTables(run, lasting.text_of)
    if abilities.catalogue_lasts:
        return LastingCatalogue(rows, place.schema), ReplaceWhere(run, place.format, abilities)
    noted = SessionCatalogue(run, rows, place.location)
    return noted, ReplaceWhere(run, place.format, abilities, place.location)


def _refuse(place: SparkPlace, abilities: Abilities) -> None:
    if place.format == "parquet" and not (abilities.alters_views and abilities.catalogue_lasts):
        raise BadInput(
            "on this server readers would see holes in Parquet tables: it has no ALTER VIEW",
            where=place.host,
            next_move="use format=delta",
        )
    if not abilities.catalogue_lasts and not place.location:
        raise BadInput(
            "the server's catalogue lasts no longer than a session",
            where=place.host,
            next_move="add location=/folder, where the server keeps the tables",
        )
