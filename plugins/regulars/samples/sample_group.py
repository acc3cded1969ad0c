"""Generates a sample restaurant group: the files it sends, and apart from them the truth."""

from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from regulars.samples import crm_rows, reference_rows, till_rows, truth
from regulars.samples.disturbing import (
    FLAWS_OF,
    Untidiness,
    break_rows,
    deliver_sales,
    repeat_rows,
)
from regulars.samples.economics import measure_profit
from regulars.samples.folders import finish_building, is_current, read_marker, start_building
from regulars.samples.frames import Frame, IntArray
from regulars.samples.happening import Group, live
from regulars.samples.relations import without_account
from regulars.samples.rules import change_day
from regulars.samples.size import SampleSize
from regulars.samples.writing import plan_delivery, write_entity, write_table

__all__ = ["SampleSize", "SampleSummary", "generate"]

SOURCE_OF: dict[str, tuple[str, Callable[..., Any]]] = {
    "orders": ("pos", till_rows.spell_orders),
    "order_lines": ("pos", till_rows.spell_order_lines),
    "payments": ("pos", till_rows.spell_payments),
    "adjustments": ("pos", till_rows.spell_adjustments),
    "settlements": ("platforms", till_rows.spell_settlements),
    "customers": ("crm", crm_rows.spell_customers),
    "customer_identifiers": ("crm", crm_rows.spell_identifiers),
    "consents": ("crm", crm_rows.spell_consents),
    "feedback": ("crm", crm_rows.spell_feedback),
    "leads": ("crm", crm_rows.spell_leads),
    "invoices": ("crm", crm_rows.spell_invoices),
    "reservations": ("crm", crm_rows.spell_reservations),
}


@dataclass(frozen=True)
class SampleSummary:
    """What was generated. Money is in minor units; `row_counts` count the rows in the files,
    repeated and broken ones included; `is_reused` says that it was already there.
    """

    first_day: str
    last_day: str
    order_count: int
    anonymous_order_count: int
    customer_count: int
    file_count: int
    row_counts: dict[str, int]
    net_sales_minor: int
    cm2_minor: int
    true_profit_minor: int
    is_reused: bool = False


def generate(
    size: SampleSize, folder: Path, truth_folder: Path, progress: Callable[[str], None]
) -> SampleSummary:
    """Makes the sample in `folder` and its truth in `truth_folder`, unless both are there.

    The same size gives the same bytes. Raises ValueError if files that are not a sample's own
    stand in the way.
    """
    if is_current(folder, size.digest) and is_current(truth_folder, size.digest):
        progress("the sample is already there")
        return replace(_read_summary(folder), is_reused=True)
    building, telling = start_building(folder), start_building(truth_folder)
    group = live(size, progress)
    profit = measure_profit(group.happened, change_day(size))
    untidiness = Untidiness()
    row_counts = _write_files(building, group, size, untidiness, progress)
    _write_truth(telling, group, profit, size, untidiness)
    files = sum(1 for _ in building.rglob("*.*"))
    summary = _summarise(group, profit, size, row_counts, files)
    finish_building(folder, size.digest, asdict(summary))
    finish_building(truth_folder, size.digest, {})
    progress(f"{files} files are ready")
    return summary


def _read_summary(folder: Path) -> SampleSummary:
    summary: Any = read_marker(folder)["summary"]
    return SampleSummary(**summary)


def _write_files(
    building: Path,
    group: Group,
    size: SampleSize,
    untidiness: Untidiness,
    progress: Callable[[str], None],
) -> dict[str, int]:
    delivery = plan_delivery(size)
    frames = deliver_sales(size.stream("delivery"), group.happened, size, untidiness)
    frames["orders"] = without_account(frames["orders"], group.office)
    frames |= group.customer_system
    row_counts = {}
    for entity, (source, spell) in SOURCE_OF.items():
        progress(f"writing {source}/{entity}")
        frame = _disturb(entity, frames.pop(entity), size, delivery.file_of_day, untidiness)
        row_counts[entity] = write_entity(
            building / source, entity, frame, partial(spell, first_day=size.first_day), delivery
        )
    return row_counts | _write_reference(building, frames["accounts"], size)


def _disturb(
    entity: str, frame: Frame, size: SampleSize, files: IntArray, untidiness: Untidiness
) -> Frame:
    """Repeats and breaks a few rows of the entities that have such rows."""
    if entity not in FLAWS_OF:
        return frame
    rng = size.stream(f"untidy {entity}")
    return break_rows(rng, entity, repeat_rows(rng, entity, frame, files, untidiness), untidiness)


def _write_reference(building: Path, accounts: Frame, size: SampleSize) -> dict[str, int]:
    tables = {
        "pos/items": reference_rows.spell_items(),
        "pos/recipe_costs": reference_rows.spell_recipe_costs(size),
        "pos/cost_rules": reference_rows.spell_cost_rules(size),
        "crm/accounts": crm_rows.spell_accounts(accounts),
    }
    for name, table in tables.items():
        write_table(table, building / f"{name}.csv")
    return {name.split("/")[1]: table.num_rows for name, table in tables.items()}


def _write_truth(
    telling: Path,
    group: Group,
    profit: dict[str, IntArray],
    size: SampleSize,
    untidiness: Untidiness,
) -> None:
    orders, feedback = group.happened.orders, group.customer_system["feedback"]
    truth.write_truth(
        telling,
        tables={
            "orders": truth.tell_orders(group.happened, profit, size),
            "customers": truth.tell_customers(group.people, orders, profit, size.days),
        },
        notes={
            "events": truth.tell_events(group.happened, feedback, untidiness),
            "parameters": truth.tell_parameters(size, group.people),
        },
    )


def _summarise(
    group: Group,
    profit: dict[str, IntArray],
    size: SampleSize,
    row_counts: dict[str, int],
    files: int,
) -> SampleSummary:
    customer = group.happened.orders["customer"]
    return SampleSummary(
        first_day=size.first_day.isoformat(),
        last_day=size.last_day.isoformat(),
        order_count=len(customer),
        anonymous_order_count=int((customer < 0).sum()),
        customer_count=len(group.people),
        file_count=files,
        row_counts=row_counts,
        net_sales_minor=int(profit["net_sales"].sum()),
        cm2_minor=int(profit["cm2"].sum()),
        true_profit_minor=int(profit["true_profit"].sum()),
    )
