"""Ingest: every source is read, checked and landed by itself; then all are loaded together."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from regulars.domain.errors import BadInput
from regulars.limits import limits_told
from regulars.steps.decided_files import finish_decisions
from regulars.steps.disk_room import room_to_land, room_to_load
from regulars.steps.intake_tables import load_intake_tables
from regulars.steps.landing_files import land_files, reading_rules, refuse
from regulars.steps.policy_tables import load_policy_tables
from regulars.steps.raw_tables import ensure_tables, load_landed
from regulars.steps.rotating import alias_contacts, load_aliases
from regulars.steps.runtime import Receipt, start

if TYPE_CHECKING:
    from regulars.steps.bringing_in import Places


def list_sources(business_date: str, first_date: str | None = None) -> list[str]:
    """The names of the sources in the policy of the day."""
    return [source.name for source in start(business_date, first_date).policy.sources]


@limits_told("ingest_source")
def ingest_source(
    source: str,
    business_date: str,
    first_date: str | None = None,
    places: "Places | None" = None,
) -> Receipt:
    """Read, check and land what one source has for the window: files, or a database's rows.

    Files landed before under the same policy and layout are not read again. Refused files and
    rows go to the quarantine; the receipt counts them and names the days a daily source left out.
    `places` reaches what lies elsewhere; without it the environment says how. Raises OSError where
    such a place does not answer: trying again later goes on from where it was cut off.
    """
    from regulars.sources.discovery import missing_days
    from regulars.sources.landing import read_receipts
    from regulars.sources.layouts import load_layout
    from regulars.sources.seen import describe_window, write_seen
    from regulars.steps.bringing_in import EnvironmentPlaces, bring_in

    run = start(business_date, first_date)
    rules = run.policy.source(source)
    found = bring_in(run, rules, places or EnvironmentPlaces(run.settings))
    missing = missing_days(rules, found, run.first_date, run.business_date)
    window = (run.first_date, run.business_date)
    seen = describe_window(source, window, load_layout(rules.layout), found, missing)
    write_seen(run.settings.landing_folder, seen)
    refuse(run, source, found.refused)
    finish_decisions(run, source)
    under = reading_rules(run, rules)
    known = {
        receipt.sha256
        for receipt in read_receipts(run.settings.landing_folder)
        if (receipt.source_system, receipt.status, receipt.rules) == (source, "accepted", under)
    }
    firsts = {file.sha256: file for file in reversed(found.files)}
    fresh = [file for file in firsts.values() if file.sha256 not in known]
    room_to_land(run, fresh)
    receipts = land_files(run, rules, sorted(fresh, key=lambda file: file.name))
    return {
        "source": source,
        "files": len(found.files),
        "read_files": len(receipts),
        "refused_files": [
            *(refused.file for refused in found.refused),
            *(receipt.file_name for receipt in receipts if receipt.status == "refused"),
        ],
        "quarantined_rows": sum(receipt.rows.quarantined for receipt in receipts),
        "missing_days": [day.isoformat() for day in missing],
    }


@limits_told("load_sources")
def load_sources(
    receipts: list[Receipt], business_date: str, first_date: str | None = None
) -> Receipt:
    """Load what was landed and is not in the warehouse yet, file by file, each exactly once.

    Raises BadInput when the window has no input at all: no file is never "no sales".
    """
    from regulars.sources.landing import read_receipts
    from regulars.sources.seen import read_all_seen
    from regulars.steps.validation_report import write_validation

    run = start(business_date, first_date)
    write_validation(run)
    told = read_receipts(run.settings.landing_folder)
    landed = [receipt for receipt in told if receipt.entities]
    if not landed:
        raise BadInput(
            "no source has brought a readable file",
            where=str(run.settings.drop_folder),
            next_move="put the extracts there, or set REGULARS_DROP; see docs/templates",
        )
    with run.warehouse() as warehouse:
        ensure_tables(warehouse)
        room_to_load(run, warehouse, landed)
        loaded = load_landed(warehouse, landed, run.settings.landing_folder)
        alias_contacts(warehouse, run)
        load_aliases(warehouse, run.settings.landing_folder)
        load_policy_tables(warehouse, run.newest_policy, *run.calendar_span)
        load_intake_tables(warehouse, run, told, read_all_seen(run.settings.landing_folder))
    return {"loaded_files": loaded, "missing_days": _all_missing(receipts)}


def _all_missing(receipts: Iterable[Receipt]) -> list[str]:
    days: set[str] = set()
    for receipt in receipts:
        missing = receipt.get("missing_days")
        days |= {str(day) for day in missing} if isinstance(missing, list) else set()
    return sorted(days)
