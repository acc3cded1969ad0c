"""Which exported lists may be used: those the breaker let through, and those a person let go."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from regulars.domain.errors import BadInput
from regulars.sinks.breaker import Past
from regulars.sinks.delivery.acceptance import Acceptance, accept_list, read_acceptance
from regulars.sinks.delta import Editions
from regulars.sinks.manifest import DayManifest, read_manifest
from regulars.sinks.wording import hold_words
from regulars.steps.run_evidence import find_missing_days
from regulars.steps.runtime import Run, start


def find_past(run: Run) -> Past:
    """What the lists of a day are compared with.

    Where the policy names deliveries, that is what the first of them got last. Where it names
    none, people fetch the lists from the exports folder: an exported day counts as delivered.
    """
    missing = sum(1 for gap in find_missing_days(run) if gap.business_date == run.business_date)
    return Past(delivered(run), run.policy.exports.breaker, missing)


def delivered(run: Run) -> Editions:
    """The days whose lists have reached their reader."""
    for delivery in run.policy.delivery:
        if "lists" in delivery.what:
            return Editions(run.settings.deliveries_folder / delivery.name / "lists")
    return Editions(
        run.settings.exports_folder,
        lambda manifest, name: bool(read_acceptance(decisions_folder(run), manifest, name)),
    )


def decisions_folder(run: Run) -> Path:
    """Where the decisions on held lists are kept."""
    return run.settings.deliveries_folder / ".accepted"


def read_exported(run: Run) -> DayManifest:
    """The manifest of the day's export. Raises BadInput when there is none to deliver."""
    folder = run.day_folder(run.settings.exports_folder)
    manifest = read_manifest(folder) if folder.is_dir() else None
    if manifest is None:
        raise BadInput(
            f"nothing was exported for {run.business_date}", next_move="run export_lists first"
        )
    return manifest


def find_released(run: Run, manifest: DayManifest) -> Mapping[str, Acceptance | None]:
    """The lists that may be used, each with the decision that let it go if it was held."""
    decisions = {
        name: read_acceptance(decisions_folder(run), manifest, name) for name in manifest.lists
    }
    return {
        name: decisions[name]
        for name, state in manifest.lists.items()
        if not state.holds or decisions[name]
    }


def accept(business_date: date, list_name: str, who: str, why: str, decided_on: date) -> Acceptance:
    """Let a held list go, in the edition that lies there now; the next delivery takes it."""
    run = start(business_date.isoformat())
    manifest = read_exported(run)
    return accept_list(decisions_folder(run), manifest, list_name, who, why, decided_on)


def describe_lists(business_date: date) -> list[str]:
    """A line per list of a day, and under it why it waits, in English and Chinese."""
    run = start(business_date.isoformat())
    manifest = read_exported(run)
    released = find_released(run, manifest)
    lines = []
    for name, state in manifest.lists.items():
        decision = released.get(name)
        word = f"let go by {decision.who}: {decision.why}" if decision else "released"
        lines.append(f"{name:<14}{state.rows:>8,}  {word if name in released else 'held'}")
        lines += [f"  {' ‖ '.join(hold_words(hold))}" for hold in state.holds]
    return lines
