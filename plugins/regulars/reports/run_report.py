"""The figures of a run's report. Counts, money and shares only: no customer, no contact."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from regulars.reports.board_rows import (
    BoardRow,
    Count,
    DriverRow,
    Figures,
    Ratio,
    ScenarioRow,
    Share,
    SourceRow,
    StepRow,
    WhalePoint,
)
from regulars.reports.judgement_rows import (
    CalibrationRow,
    CalibrationSum,
    FairnessRow,
    MigrationRow,
    MoveRow,
    QualityRow,
    StandingRow,
)


class StoreRow(Figures):
    """A store's day or window. `recon_delta_minor` is what does not tie to its sales ledger."""

    store_name: str
    orders: Count
    net_sales_minor: int
    cm2_minor: int
    anonymous_share: Share
    recon_delta_minor: int


class AnonymityRow(Figures):
    """How much of a store's trade is anonymous: paid orders, their share, the share of net sales.

    A share is None without orders, or without sales to share out; refunds may push the share of
    sales outside 0 and 1.
    """

    store_name: str
    day_orders: Count
    day_share: Share | None
    day_sales_share: Ratio | None
    trailing_orders: Count
    trailing_share: Share | None
    trailing_sales_share: Ratio | None


class AccountingRow(Figures):
    """What became of the rows read from a source: each was loaded or has a reason not to be."""

    source: str
    entity: str
    read: Count
    loaded: Count
    quarantined: Count
    duplicate: Count
    summary: Count
    out_of_scope: Count

    @property
    def unexplained(self) -> int:
        """Rows read that are neither loaded nor accounted for; zero when all is well."""
        kept_out = self.quarantined + self.duplicate + self.summary + self.out_of_scope
        return self.read - self.loaded - kept_out


class AuditRow(Figures):
    """An audit and how many rows failed it."""

    name: str
    severity: Literal["error", "warn"]
    failures: Count


class ReasonRow(Figures):
    """Why customers are on a list: the reason in both languages and how many have it."""

    list_name: str
    reason: str
    reason_zh: str
    customers: Count


class MissingDay(Figures):
    """A day on which an expected source brought nothing."""

    source: str
    business_date: date


class RefusedFileRow(Figures):
    """A file that was seen and not taken, and why; the next move is in the quarantine's note."""

    source: str
    file: str
    reason: str


class FreshnessRow(Figures):
    """How fresh a source is for a store on the business date; see `fct_freshness`."""

    source: str
    store_id: str
    last_business_date: date | None
    behind_days: Count | None
    is_expected: bool
    is_late: bool
    file: str | None


class RestatedRow(Figures):
    """A figure of a store's earlier day that this run changed."""

    business_date: date
    store_name: str
    component: str
    before_minor: int
    after_minor: int


class RunReport(Figures):
    """All that the report of one run says. Money is in minor units of `currency_code`.

    `customers` counts the identified; `whale` runs from the best customer to the worst.
    `k80_share` is the share of customers that brings 80 % of the profit, None without a profit;
    `peak_share` is where the curve is highest; `erosion_minor` is what is lost after the peak.
    """

    business_date: date
    first_date: date
    group_name: str
    policy_version: str
    run_key: str
    currency_code: str
    customers: Count
    orders: Count
    net_sales_minor: int
    cm2_minor: int
    anonymous_share: Share
    whale: Annotated[tuple[WhalePoint, ...], Field(max_length=200)]
    k80_share: Share | None
    peak_share: Share
    erosion_minor: Count
    below_zero_share: Share
    tiers: dict[str, Count]
    segments: dict[str, Count]
    stages: dict[str, Count] = {}
    standings: tuple[StandingRow, ...] = ()
    moves: tuple[MoveRow, ...] = ()
    quality: QualityRow | None = None
    calibration: CalibrationSum | None = None
    calibrations: tuple[CalibrationRow, ...] = ()
    migrations: tuple[MigrationRow, ...] = ()
    fairness: tuple[FairnessRow, ...] = ()
    lists: dict[str, Count]
    suppressed: dict[str, Count]
    stores: tuple[StoreRow, ...] = ()
    anonymity: tuple[AnonymityRow, ...] = ()
    accounting: tuple[AccountingRow, ...] = ()
    audits: tuple[AuditRow, ...] = ()
    missing_days: tuple[MissingDay, ...] = ()
    refused_files: tuple[RefusedFileRow, ...] = ()
    freshness: tuple[FreshnessRow, ...] = ()
    reasons: tuple[ReasonRow, ...] = ()
    boards: tuple[BoardRow, ...] = ()
    scenarios: tuple[ScenarioRow, ...] = ()
    waterfall: tuple[StepRow, ...] = ()
    drivers: tuple[DriverRow, ...] = ()
    sources: tuple[SourceRow, ...] = ()
    restated: tuple[RestatedRow, ...] = ()
    restated_count: Count = 0
    not_costed: tuple[str, ...] = ()

    @property
    def is_service_costed(self) -> bool:
        """Whether serving is in the ladder; without it true profit is not yet the whole truth."""
        return "service_cost" not in self.not_costed

    @property
    def profit_name(self) -> str:
        """What the customers' profit may be called."""
        return (
            "True profit ‖ 真实利润"
            if self.is_service_costed
            else "Profit before service ‖ 服务前利润"
        )

    @property
    def total_profit_minor(self) -> int:
        """The profit of all customers together: where the whale curve ends."""
        return self.whale[-1].cumulative_profit_minor if self.whale else 0

    @property
    def peak_profit_minor(self) -> int:
        """The profit at the highest point of the whale curve, at least zero."""
        return max([0, *(point.cumulative_profit_minor for point in self.whale)])
