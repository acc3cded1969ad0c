"""The story of a customer, told to whoever serves him: his own numbers, and nothing personal."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from kitchen import DAY, Kitchen

from regulars.domain.errors import BadInput
from regulars.reports.customer_story import chapters
from regulars.reports.story import Language, tell
from regulars.steps.explain_customer import gather_story
from regulars.steps.runtime import Run


def _run(town: Kitchen, on: date) -> Run:
    run = Run(on, on, town.run.settings)
    run.__dict__.update(policy=town.run.policy, newest_policy=town.run.policy)
    return run


def _told(town: Kitchen, who: str, language: Language = "en", on: date = DAY) -> str:
    return tell(chapters(gather_story(town.warehouse, _run(town, on), who)), language)


def _standing(town: Kitchen, who: str) -> dict[str, object]:
    (row,) = town.taste(
        f"select * from snap_customer_reasons where customer_key = '{who}'"
        f" and snapshot_date = date '{DAY}'"
    )
    return row


def test_the_best_guest_has_the_whole_story(town: Kitchen):
    story = _told(town, "star")
    titles = [line for line in story.splitlines() if line and not line.startswith(" ")]
    assert titles == [
        f"star · {DAY}", "Profit of the year (CNY)", "What we know", "Rhythm", "What we expect",
        "Scorecard, percentiles among peers", f"Tier: Platinum, since {_since(town)}",
        "Segment: Loyal (internal)", "Stage: Stabilise", "List: Reward",
        "What would change the verdict", "For the customer, on request",
    ]  # fmt: skip
    # Came every seven days, last yesterday; the figures of the story are those of the rows.
    row = _standing(town, "star")
    assert "last at Corner, mostly at Corner" in story
    assert f"{row['visit_count']} visits in {row['age_days']} days" in story
    assert "last visit 2 days ago" in story
    assert f"Platinum for {row['big_days']} days (28 needed), active in 6 of the last 6" in story


def _since(town: Kitchen) -> object:
    (row,) = town.taste(
        "select tier_since_on from snap_customer_tiers where customer_key = 'star'"
        f" and snapshot_date = date '{DAY}'"
    )
    return row["tier_since_on"]


def test_who_costs_money_is_told_why_and_what_would_change_it(town: Kitchen):
    story, row = _told(town, "loser"), _standing(town, "loser")
    assert "Segment: Loss-maker (internal)" in story
    assert f"{row['loss_review_count']} reviews running" in story
    # Thirty noodles for nothing: food of 9.00 each, and nothing paid.
    assert f"{row['visit_count']} visits" in story
    missing = 1 - int(str(row["visit_profit_high_minor"]))
    assert f"CNY {missing / 100:.2f} more of a visit" in story
    assert "Menu price and service stay the same." in story


def test_who_complains_is_told_that_it_keeps_him_off_the_list(town: Kitchen):
    story = _told(town, "griper")
    assert "is no loss-maker while a complaint is open" in story
    assert "Today: no action." in story


def test_of_who_refused_profiling_only_that_is_told(town: Kitchen):
    for who in ("hidden", "hidden_member"):
        assert _told(town, who).splitlines() == [
            f"{who} · {DAY}",
            "  Profiling was refused: nothing is worked out, and no list is made.",
        ]


def test_who_never_came_has_a_story_without_figures(town: Kitchen):
    story = _told(town, "lead")
    assert "Known to us, and no paid visit yet." in story
    assert "A first paid visit begins the evidence." in story
    assert "What we know" not in story
    assert "Profit of the year" not in story


def test_the_story_is_told_in_chinese_and_in_both(town: Kitchen):
    chinese, english = _told(town, "weekly", "zh"), _told(town, "weekly", "en")
    assert "分群：若即若离（内部）" in chinese
    assert "Wavering" not in chinese
    assert "节奏" not in english
    both = _told(town, "weekly", "both")
    for line in [*english.splitlines(), *chinese.splitlines()]:
        if line.startswith("  ") and not line.startswith("   "):
            assert line in both
    assert "CM2, marginal ‖ 边际利润" in both


@pytest.mark.parametrize("who", ["star", "weekly", "gone", "fresh", "loser", "monthly"])
def test_a_day_without_a_visit_more_or_less_is_what_the_story_says(town: Kitchen, who: str):
    """The days it names are the days after which the ratio reaches the threshold, not one less."""
    row = _standing(town, who)
    story = _told(town, who)
    for threshold, words in ((1.5, "and he counts as slowing"), (4.0, "and he has lapsed")):
        line = next((line for line in story.splitlines() if words in line), None)
        if line:
            days = int(line.split()[0])
            gap = float(str(row["expected_gap_days"]))
            silent = int(str(row["silent_days"]))
            assert (silent + days) / gap >= threshold > (silent + days - 1) / gap


def test_somebody_unknown_and_a_day_too_early_are_sentences_with_a_next_move(town: Kitchen):
    with pytest.raises(BadInput, match=r"nobody is known as 'c_nobody'.*Next: give a customer_key"):
        _told(town, "c_nobody")
    with pytest.raises(BadInput, match=r"star was not judged on 2020-01-01.*Next: ask for 2024-"):
        _told(town, "star", on=date(2020, 1, 1))


def test_between_two_snapshots_the_one_before_is_told(town: Kitchen):
    assert _told(town, "star", on=DAY - timedelta(days=1)).startswith(
        f"star · {DAY - timedelta(days=7)}"
    )


def test_who_refuses_today_is_not_told_of_for_days_before_either(town: Kitchen):
    story = gather_story(town.warehouse, _run(town, DAY), "star")
    assert not story.is_refused
    refused = replace(story, who={**story.who, "is_profiling_opt_out": True})
    assert [len(chapter.lines) for chapter in chapters(refused)] == [1]


def test_who_was_merged_is_told_as_the_person_he_is(town: Kitchen):
    story = _told(town, "phone_star")
    assert story.startswith(f"star · {DAY}")
    assert "Asked for as phone_star, which is one and the same customer." in story


def test_staff_are_told_to_be_staff(town: Kitchen):
    story = gather_story(town.warehouse, _run(town, DAY), "star")
    working = replace(story, who={**story.who, "is_staff": True})
    assert "Works here: judged like everybody, contacted as no one." in tell(
        chapters(working), "en"
    )
