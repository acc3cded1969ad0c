"""How often the 80 % interval holds the truth, in a simulated town whose truth is known."""

import numpy as np
import pytest
from diary import COHORTS, Diaries, serve_diaries
from kitchen import DAY, Kitchen

GUESTS = 1500


def _town(rng: np.random.Generator) -> tuple[Diaries, dict[str, float]]:
    """True means around 20.00 by 9.00, visits around them by 12.00, skewed; few come often."""
    means = rng.normal(2000, 900, GUESTS)
    counts = np.minimum(rng.geometric(0.12, GUESTS), 60)
    diaries = {
        f"g{number:04}": [
            (int(ago), int(mean + (rng.gamma(2) - 2) * 1200 / 2**0.5))
            for ago in rng.choice(175, size=count, replace=False)
        ]
        for number, (mean, count) in enumerate(zip(means, counts, strict=True))
    }
    return diaries, dict(zip(diaries, means, strict=True))


def test_the_interval_of_80_per_cent_holds_the_truth_of_about_80_per_cent(counter: Kitchen):
    diaries, truth = _town(np.random.default_rng(20250303))
    serve_diaries(counter, diaries).measure([DAY], *COHORTS, "snap_customer_beliefs")
    rows = counter.taste("select customer_key, visit_profit, half_interval, credibility_ratio"
                         " from snap_customer_beliefs")  # fmt: skip
    held = {row["customer_key"]: abs(row["visit_profit"] - truth[row["customer_key"]])
            <= row["half_interval"] for row in rows}  # fmt: skip
    assert np.mean(list(held.values())) == pytest.approx(0.80, abs=0.03)
    often = [held[who] for who, days in diaries.items() if len(days) >= 10]
    once = [held[who] for who, days in diaries.items() if len(days) == 1]
    assert np.mean(often) == pytest.approx(0.80, abs=0.05)
    assert 0.75 < np.mean(once) < 0.92  # wider than need be, on purpose
    errors = {
        "believed": np.mean([abs(row["visit_profit"] - truth[row["customer_key"]])
                             for row in rows]),
        "own mean": np.mean([abs(np.mean([value for _, value in days]) - truth[who])
                             for who, days in diaries.items()]),
    }  # fmt: skip
    assert errors["believed"] < 0.85 * errors["own mean"]
