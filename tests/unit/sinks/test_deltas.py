"""Deltas: what changed since the day exported last."""

import csv
import io
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regulars.domain.errors import BadInput
from regulars.sinks.columns import MACHINE_NAMES
from regulars.sinks.day_export import export_day
from regulars.sinks.delta import compare_rows
from regulars.sinks.manifest import ExportStamp

THURSDAY, FRIDAY = date(2025, 1, 30), date(2025, 1, 31)


def stamp_of(day, **changes):
    return ExportStamp(business_date=day, run_key="r", policy_version="p1", **changes)


@pytest.fixture
def export(tmp_path, action, table, nothing_suppressed):
    """Export rows given as customer -> offer; returns the day's delta as (operation, customer)."""

    def run(day, offers, past=None, **stamped):
        rows = [
            action(key, offer_minor=offer, business_date=day, policy_version="p1")
            for key, offer in offers.items()
        ]
        manifest = export_day(
            tmp_path, table(*rows), nothing_suppressed, stamp_of(day, **stamped), past
        )
        text = (tmp_path / f"{day}/incentivise/actions_delta.csv").read_text()
        delta = csv.DictReader(io.StringIO(text))
        return manifest, [(row["operation"], row["customer_key"]) for row in delta]

    return run


def test_on_the_first_day_everybody_is_an_addition(export):
    manifest, delta = export(THURSDAY, {"a": 100, "b": 200})
    assert delta == [("add", "a"), ("add", "b")]
    assert manifest.lists["incentivise"].delta_against is None


def test_the_next_day_tells_additions_changes_and_removals(export):
    export(THURSDAY, {"same": 100, "more": 100, "gone": 100})
    manifest, delta = export(FRIDAY, {"same": 100, "more": 300, "fresh": 100})
    assert delta == [("add", "fresh"), ("change", "more"), ("remove", "gone")]
    assert manifest.lists["incentivise"].delta_against == THURSDAY


def test_a_day_without_an_export_is_stepped_over(export):
    export(date(2025, 1, 27), {"a": 100})
    manifest, delta = export(FRIDAY, {"a": 100})
    assert delta == []
    assert manifest.lists["incentivise"].delta_against == date(2025, 1, 27)


def test_a_later_day_is_never_the_base(export):
    export(FRIDAY, {"a": 100})
    assert export(THURSDAY, {"a": 100})[1] == [("add", "a")]


def test_a_day_of_another_layout_is_no_base(export, tmp_path):
    export(THURSDAY, {"a": 100})
    manifest = tmp_path / "2025-01-30/manifest.json"
    manifest.write_text('{"schema_version": 1, "delta_against": null}')
    assert export(FRIDAY, {"a": 100})[1] == [("add", "a")]


def test_a_base_changed_by_hand_is_refused_by_name(export, tmp_path):
    export(THURSDAY, {"a": 100})
    with (tmp_path / "2025-01-30/incentivise/actions_full.csv").open("a") as file:
        file.write("\n")
    with pytest.raises(BadInput, match=r"2025-01-30.*changed after it was exported.*Next: export"):
        export(FRIDAY, {"a": 100})


def test_a_damaged_manifest_is_refused_by_name(export, tmp_path):
    export(THURSDAY, {"a": 100})
    (tmp_path / "2025-01-30/manifest.json").write_text("{")
    with pytest.raises(BadInput, match=r"manifest\.json: is not a manifest"):
        export(FRIDAY, {"a": 100})


def test_a_saved_workbook_does_not_disturb_the_next_day(export, tmp_path):
    export(THURSDAY, {"a": 100})
    (tmp_path / "2025-01-30/incentivise/actions.xlsx").write_bytes(b"saved by a person")
    assert export(FRIDAY, {"a": 100})[1] == []


days = st.dictionaries(st.sampled_from("abcdefgh"), st.integers(1, 3), max_size=8)


@given(before=days, after=days)
def test_the_list_before_with_its_delta_is_the_list_after(before, after):
    def rows(offers, day):
        blank = dict.fromkeys(MACHINE_NAMES, "")
        return [
            blank | {"customer_key": key, "offer_amount": str(offer), "business_date": str(day)}
            for key, offer in offers.items()
        ]

    delta = compare_rows(
        rows(before, THURSDAY), rows(after, THURSDAY + timedelta(1)), stamp_of(FRIDAY)
    )
    applied = dict(before)
    for row in delta:
        if row["operation"] == "remove":
            del applied[row["customer_key"]]
        else:
            assert (row["operation"] == "add") == (row["customer_key"] not in applied)
            applied[row["customer_key"]] = int(row["offer_amount"])
    assert applied == after
    assert all(row["business_date"] == "2025-01-31" for row in delta)


@pytest.mark.parametrize("order", [[4, 3, 2, 1], [1, 2, 4, 3], [3, 1, 4, 2]])
def test_days_in_any_order_end_in_the_same_bytes(
    tmp_path, order, action, table, nothing_suppressed
):
    """A run exports its day and again the later ones; the held list of day 2 changes nothing."""

    def emit(folder, day, size):
        stamp = stamp_of(date(2025, 1, day))
        rows = [
            action(f"c{n}", business_date=stamp.business_date, policy_version="p1", priority=n + 1)
            for n in range(size)
        ]
        export_day(folder, table(*rows), nothing_suppressed, stamp)

    def run(folder, days):
        for number, day in enumerate(days, start=1):
            for again in sorted(one for one in days[:number] if one >= day):
                emit(folder, again, {1: 3, 2: 30, 3: 2, 4: 2}[again])
        return {p.relative_to(folder): p.read_bytes() for p in folder.rglob("*.*") if p.is_file()}

    assert run(tmp_path / "in_order", [1, 2, 3, 4]) == run(tmp_path / "otherwise", order)
