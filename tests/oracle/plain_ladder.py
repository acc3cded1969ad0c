"""The profit ladder in plain words: its components, and what follows from them."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

Row = Mapping[str, Any]

GIVEN = ("gross", "discount", "comp", "refund", "fee_income")
COSTS_OF_GOODS = ("food_cost", "packaging_cost")
COSTS_OF_SELLING = ("channel_cost", "payment_fee", "incentive_cost", "contact_cost")
COSTS_OF_SERVING = ("service_cost",)
COSTS_AFTER = ("complaint_cost", "acquisition_cost", "credit_cost")
COMPONENTS = (*GIVEN, *COSTS_OF_GOODS, *COSTS_OF_SELLING, *COSTS_OF_SERVING, *COSTS_AFTER)
SUBTOTALS = ("net_sales", "cm1", "cm2", "cm3", "true_profit")


class Ladder(Counter[str]):
    """What a line, an order or a customer brought, in minor units; a missing component is zero."""

    def climbed(self) -> dict[str, int]:
        """Every component and every subtotal, under its column's name."""
        steps = {name: self[name] for name in COMPONENTS}
        steps["net_sales"] = (
            self["gross"] - self["discount"] - self["comp"] - self["refund"] + self["fee_income"]
        )
        steps["cm1"] = steps["net_sales"] - self.all_of(COSTS_OF_GOODS)
        steps["cm2"] = steps["cm1"] - self.all_of(COSTS_OF_SELLING)
        steps["cm3"] = steps["cm2"] - self.all_of(COSTS_OF_SERVING)
        steps["true_profit"] = steps["cm3"] - self.all_of(COSTS_AFTER)
        return {f"{name}_minor": amount for name, amount in steps.items()}

    def all_of(self, names: Iterable[str]) -> int:
        """The sum of some components."""
        return sum(self[name] for name in names)

    @property
    def net_sales(self) -> int:
        """Gross less what was given away and taken back, with the fees the guest paid."""
        return self.climbed()["net_sales_minor"]


def added(ladders: Iterable[Ladder]) -> Ladder:
    """The sum of ladders, component by component; losses stay losses."""
    whole = Ladder()
    for ladder in ladders:
        whole.update(ladder)
    return whole


def half_up(number: int, divisor: int) -> int:
    """A whole quotient; a half goes away from zero."""
    whole, rest = divmod(abs(number), divisor)
    whole += 2 * rest >= divisor
    return -whole if number < 0 else whole


def share_of(total: int, weight: int, before: int, whole: int) -> int:
    """The part of a total that falls to a weight after the weights before it: a step of a stair."""
    return total * (before + weight) // whole - total * before // whole
