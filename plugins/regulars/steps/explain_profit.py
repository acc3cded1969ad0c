"""Explain: what one customer brought in the trailing year, and why."""

from regulars.domain.errors import BadInput
from regulars.reports.customer_profit import profit_words
from regulars.steps.runtime import start

_NEWEST = (
    " customer_key = :key and snapshot_date = (select max(snapshot_date) from fct_customer_profits"
    " where customer_key = :key and snapshot_date <= :day)"
)


def explain_profit(customer_key: str, business_date: str) -> str:
    """The ladder and the reasons of the newest snapshot up to a day, currency by currency.

    Raises BadInput for a customer who brought nothing in the year before it.
    """
    run = start(business_date)
    asked = {"key": customer_key, "day": run.business_date}
    with run.warehouse() as warehouse:
        profits = warehouse.query(
            f"select * from fct_customer_profits where{_NEWEST} order by currency_code",  # noqa: S608
            **asked,
        ).to_pylist()
        drivers = warehouse.query(
            f"select * from fct_profit_drivers where{_NEWEST}"  # noqa: S608
            " order by currency_code, driver_rank",
            **asked,
        ).to_pylist()
    if not profits:
        raise BadInput(
            f"no profit of {customer_key!r} up to {run.business_date}",
            next_move="look for the customer_key in fct_customer_profits",
        )
    return "\n\n".join(
        profit_words(
            profit, [one for one in drivers if one["currency_code"] == profit["currency_code"]]
        )
        for profit in profits
    )
