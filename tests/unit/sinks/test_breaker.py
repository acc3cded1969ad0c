"""The breaker: what is held, what is let through, and what a person must say."""

from datetime import date

import pytest

from regulars.domain.errors import BadInput
from regulars.policy.export_sections import BreakerPolicy
from regulars.sinks.breaker import ListChange, Past, find_holds, hold_for_missing_sources
from regulars.sinks.columns import SUPPRESSED_TYPES
from regulars.sinks.day_export import export_day
from regulars.sinks.delivery.acceptance import accept_list, read_acceptance
from regulars.sinks.delta import Editions
from regulars.sinks.manifest import ExportStamp

LIMITS = BreakerPolicy(min_rows=20, max_growth_ratio=2, max_shrink_share=0.5, max_removed_share=0.5)


def codes(*sizes: int) -> list[str]:
    return [hold.code for hold in find_holds(ListChange(*sizes), LIMITS)]


@pytest.mark.parametrize(
    ("sizes", "found"),
    [
        ((100, 0, 100, 0, 0), []),
        ((100, 0, 50, 0, 50), []),
        ((100, 0, 49, 0, 51), ["shrank", "many_left"]),
        ((100, 0, 200, 0, 0), []),
        ((100, 0, 201, 0, 0), ["grew"]),
        ((100, 0, 100, 0, 51), ["many_left"]),
        ((100, 0, 0, 0, 100), ["became_empty"]),
        ((19, 0, 0, 0, 19), []),
        ((19, 0, 20, 0, 0), []),
        ((0, 0, 20, 0, 0), ["grew"]),
    ],
)
def test_a_list_that_jumps_is_held(sizes, found):
    assert codes(*sizes) == found


def test_who_rests_after_a_contact_has_not_left():
    """The sample group on its second morning: all 537 were written to the day before."""
    assert codes(537, 0, 0, 538, 537) == []
    assert codes(0, 538, 530, 5, 0) == []


def test_a_first_list_is_compared_with_nothing():
    assert find_holds(None, LIMITS) == ()


def test_a_missing_source_holds_every_list_unless_the_policy_says_otherwise():
    assert [hold.code for hold in hold_for_missing_sources(1, LIMITS)] == ["source_missing"]
    assert hold_for_missing_sources(0, LIMITS) == ()
    lax = BreakerPolicy(hold_when_source_missing=False)
    assert hold_for_missing_sources(1, lax) == ()


@pytest.fixture
def export(tmp_path, action, table):
    """Export so many incentivised customers for a day of January; 20 are enough to compare."""

    def run(day, count, accepted=None):
        stamp = ExportStamp(business_date=date(2025, 1, day), run_key="r", policy_version="p1")
        rows = [
            action(f"c{n}", business_date=stamp.business_date, policy_version="p1", priority=n + 1)
            for n in range(count)
        ]
        editions = Editions(tmp_path, accepted or (lambda _manifest, _name: False))
        past = Past(editions, LIMITS)
        return export_day(tmp_path, table(*rows), SUPPRESSED_TYPES.empty_table(), stamp, past)

    return run


def test_a_held_list_is_written_and_is_no_base(export, tmp_path):
    export(29, 30)
    held = export(30, 3)
    assert [hold.code for hold in held.lists["incentivise"].holds] == ["shrank", "many_left"]
    assert (tmp_path / "2025-01-30/incentivise/actions.xlsx").is_file()
    after = export(31, 30).lists["incentivise"]
    assert (after.delta_against, after.removed, after.holds) == (date(2025, 1, 29), 0, ())


def test_a_list_that_a_person_let_go_is_a_base(export, tmp_path):
    decisions = tmp_path / ".accepted"
    export(29, 30)
    held = export(30, 3)
    accept_list(decisions, held, "incentivise", "A. Clerk", "the fair is over", date(2025, 1, 31))

    def accepted(manifest, name):
        return read_acceptance(decisions, manifest, name) is not None

    after = export(31, 3, accepted).lists["incentivise"]
    assert (after.delta_against, after.removed, after.holds) == (date(2025, 1, 30), 0, ())


def test_another_edition_needs_another_decision(export, tmp_path):
    export(29, 30)
    decision = ("incentivise", "A. Clerk", "the fair is over", date(2025, 1, 31))
    accept_list(tmp_path / ".accepted", export(30, 3), *decision)
    again = export(30, 4)
    assert read_acceptance(tmp_path / ".accepted", again, "incentivise") is None


@pytest.mark.parametrize(
    ("name", "who", "problem"),
    [
        ("reward", "A. Clerk", r"does not wait for anybody.*waiting: incentivise"),
        ("refuse", "A. Clerk", "does not wait"),
        ("incentivise", " ", "who and why are needed"),
    ],
)
def test_only_a_held_list_can_be_let_go_and_only_by_a_name(export, tmp_path, name, who, problem):
    export(29, 30)
    held = export(30, 3)
    with pytest.raises(BadInput, match=problem):
        accept_list(tmp_path / ".accepted", held, name, who, "because", date(2025, 1, 31))


def test_what_ran_out_is_on_no_list_and_leaves_with_the_delta(tmp_path, action, table, stamp):
    def export(day, **dates):
        stamped = stamp.model_copy(update={"business_date": date(2025, 1, day)})
        row = action(business_date=stamped.business_date, **dates)
        return export_day(tmp_path, table(row), SUPPRESSED_TYPES.empty_table(), stamped)

    export(30, expires_on=date(2025, 1, 30))
    said = export(31, expires_on=date(2025, 1, 30)).lists["incentivise"]
    assert (said.rows, said.removed) == (0, 1)
    counts = (tmp_path / "2025-01-31/incentivise/suppressed_counts.csv").read_text()
    assert "incentivise,expired_offer,1" in counts
    delta = (tmp_path / "2025-01-31/incentivise/actions_delta.csv").read_text().splitlines()
    assert delta[1].startswith("remove,2025-01-31,incentivise,1,c1,")
