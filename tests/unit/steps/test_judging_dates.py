"""Every date is judged under the policy in force on it, whichever run takes its snapshot."""

from datetime import date
from pathlib import Path

import pytest

from regulars.settings import INCLUDE, Settings
from regulars.steps.runtime import Run
from regulars.steps.snapshots import by_policy

SAMPLE = (INCLUDE / "policy" / "sample_group" / "2024-01-01.yaml").read_text()
MONDAYS = [date(2024, 12, 30), date(2025, 1, 6), date(2025, 1, 13)]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """A run under a policy whose second version, of January 2025, demands more of gold."""
    later = SAMPLE.replace("valid_from: 2024-01-01", "valid_from: 2025-01-01", 1)
    bands = "tiers: {gold: {promote: 90, demote: 75}}\n"
    (tmp_path / "2024-01-01.yaml").write_text(SAMPLE)
    (tmp_path / "2025-01-01.yaml").write_text(later + bands)
    return Run(MONDAYS[-1], MONDAYS[0], Settings(policy=tmp_path))


def test_dates_are_cut_where_another_version_begins(run: Run):
    windows = [(judging.policy.tiers.gold.promote, window)
               for judging, window in by_policy(run, MONDAYS)]  # fmt: skip
    assert windows == [(82, (MONDAYS[0], MONDAYS[0])), (90, (MONDAYS[1], MONDAYS[2]))]


def test_a_restated_past_review_has_the_doors_of_its_own_date(run: Run):
    assert [run.judging(day).policy.tiers.gold.demote for day in MONDAYS] == [70, 75, 75]


def test_before_the_first_version_the_first_one_holds(run: Run):
    assert run.judging(date(2019, 5, 1)).policy.tiers.gold.promote == 82
