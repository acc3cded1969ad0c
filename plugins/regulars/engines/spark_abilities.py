"""What a server can do, found by asking it: strategies follow from this, not from its name."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from regulars.engines.errors import StatementFailed, WarehouseUnreachable

Run = Callable[[str, str], None]
Rows = Callable[[str, str], list[dict[str, Any]]]
_ABOUT = "select version() as version, current_catalog() as catalogue, current_timezone() as zone"
_NO_VIEW = "regulars__no_such_view"
_UTC = ("UTC", "Etc/UTC", "Z", "GMT")


@dataclass(frozen=True)
class Abilities:
    """What differs between servers that speak Spark Connect.

    `alters_views`: a view's select can be exchanged in one step. `catalogue_lasts`: tables are
    known to the next session. `keeps_not_null`: a table made of a select without nulls refuses
    them later on.
    """

    alters_views: bool
    catalogue_lasts: bool
    keeps_not_null: bool


def abilities_of(run: Run, rows: Rows, shuffle_partitions: int) -> Abilities:
    """Settle the session (UTC, errors instead of nulls) and tell what its server can do."""
    about = rows(_ABOUT, "session")[0]
    is_spark = int(about["version"].partition(".")[0]) >= 3
    if is_spark:
        for setting in (
            "spark.sql.session.timeZone=UTC",
            "spark.sql.ansi.enabled=true",
            f"spark.sql.shuffle.partitions={shuffle_partitions}",
        ):
            run(f"set {setting}", "session")
    elif about["zone"] not in _UTC:
        raise WarehouseUnreachable(
            f"the server's time zone is {about['zone']}", next_move="start it with TZ=UTC"
        )
    return Abilities(
        alters_views=_alters_views(run),
        catalogue_lasts=is_spark or about["catalogue"] != "sail",
        keeps_not_null=not is_spark,
    )


def _alters_views(run: Run) -> bool:
    """Whether a server asked to alter a view that is not there misses the view, not the words."""
    try:
        run(f"alter view {_NO_VIEW} as select 1 as one", "session")
    except StatementFailed as error:
        return _NO_VIEW in error.problem
    return True
