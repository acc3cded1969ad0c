"""Splits: what was known before a cut, and what happened in the horizon after it."""

from dataclasses import dataclass
from datetime import date, timedelta

import pandas as pd

from benchmarks.decision_quality.logs import Log


@dataclass(frozen=True)
class Split:
    """A cut through a log: days from `cut` on are the future, `horizon_days` of them."""

    log: Log
    cut: date
    horizon_days: int

    @property
    def past(self) -> pd.DataFrame:
        """The customer-days before the cut."""
        return self.log.days[self.log.days["day"] < pd.Timestamp(self.cut)]

    @property
    def future(self) -> pd.DataFrame:
        """The customer-days of the horizon."""
        end = pd.Timestamp(self.cut + timedelta(days=self.horizon_days))
        days = self.log.days
        return days[(days["day"] >= pd.Timestamp(self.cut)) & (days["day"] < end)]

    def earlier(self, horizons: int = 1) -> "Split":
        """The split whose future ends where this one's past does (or further back)."""
        return Split(
            self.log, self.cut - timedelta(days=horizons * self.horizon_days), self.horizon_days
        )


def known_figures(split: Split) -> pd.DataFrame:
    """One row per customer with a visit before the cut, by customer.

    `n` visit days, `age` days since the first and `silent` days since the last (a day before the
    cut is 1), `reach` days between them, `value` and `profit` so far, in hundredths.
    """
    past, cut = split.past, pd.Timestamp(split.cut)
    visits = past[past["visits"] > 0].groupby("customer")["day"].agg(["count", "min", "max"])
    figures = pd.DataFrame(
        {
            "n": visits["count"],
            "age": (cut - visits["min"]).dt.days,
            "silent": (cut - visits["max"]).dt.days,
        }
    ).sort_index()
    figures["reach"] = figures["age"] - figures["silent"]
    sums = past.groupby("customer")[["value_minor", "profit_minor"]].sum()
    figures[["value", "profit"]] = sums.reindex(figures.index)
    return figures


def outcomes(split: Split, customers: pd.Index) -> pd.DataFrame:
    """What these customers did in the horizon: `visits`, `value`, `profit`; zeros for none."""
    sums = split.future.groupby("customer")[["visits", "value_minor", "profit_minor"]].sum()
    sums.columns = pd.Index(["visits", "value", "profit"])
    return sums.reindex(customers).fillna(0)
