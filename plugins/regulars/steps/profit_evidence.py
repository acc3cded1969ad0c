"""What to know before believing a run's profit: what it changed, and what is not costed."""

from regulars.engines import Warehouse
from regulars.policy import Policy
from regulars.reports.run_report import RestatedRow
from regulars.steps.runtime import Run

_SHOWN = 12


def find_restated(warehouse: Warehouse, run: Run) -> tuple[tuple[RestatedRow, ...], int]:
    """The largest changes this run made, in the group's currency, and how many it made in all."""
    rows = warehouse.query(
        "select business_date, store_name, component, before_minor, after_minor"
        " from ops_restatements"
        " inner join dim_stores on ops_restatements.store_id = dim_stores.store_id"
        " where restated_on = :day and ops_restatements.currency_code = :code"
        " order by abs(after_minor - before_minor) desc, business_date,"
        " dim_stores.store_id, component",
        day=run.business_date,
        code=run.policy.group.currency_code,
    ).to_pylist()
    return tuple(RestatedRow(**row) for row in rows[:_SHOWN]), len(rows)


def not_costed(policy: Policy) -> tuple[str, ...]:
    """The components for which the policy has no numbers: they are zero, not small."""
    given = {
        "service_cost": policy.service.rates,
        "incentive_cost": policy.charges.points,
        "contact_cost": policy.charges.contacts,
        "acquisition_cost": policy.charges.acquisition,
        "credit_cost": policy.charges.capital,
    }
    return tuple(name for name, figures in given.items() if not figures)
