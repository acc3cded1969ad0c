"""What a layout says about the payout file of a delivery platform."""

from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict

from regulars.domain.fields import FEES, Channel


def _known_fee(name: str) -> str:
    if name not in FEES:
        raise ValueError(f"{name!r} is no fee type: use one of {', '.join(FEES)}")
    return name


Fee = Annotated[str, AfterValidator(_known_fee)]


class _Rules(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class EventRules(_Rules):
    """A kind of row. `whole`: its payout is one line of this fee; `instead`: fees it renames.

    `is_sale`: it tells of an order sold; `is_order`: it belongs to an order at all. `no_business`:
    why it is none of ours, such as own money drawn from the platform.
    """

    whole: Fee | None = None
    instead: dict[str, Fee] = {}
    is_sale: bool = False
    is_order: bool = True
    no_business: str = ""


class ShareRules(_Rules):
    """A column that tells which part of the column `of` somebody else stood for.

    It is a line of its own fee; without one the platform never had the money.
    """

    of: str
    fee: Fee | None = None


class ConditionRules(_Rules):
    """A component that is the restaurant's only where the column `by` says one of these words."""

    by: str
    words: tuple[str, ...]


class DescribedRules(_Rules):
    """A column whose fee another column puts into words: `Ad Spend` is ads."""

    column: str
    by: str
    words: dict[str, str]
    default: Fee


class OrderRules(_Rules):
    """How the orders themselves are told, for a group that has them from nowhere else.

    All are names of columns: the clock's parts, and those whose sums are sales, tax, tip and the
    restaurant's own promotions.
    """

    clock: tuple[str, ...]
    clock_formats: tuple[str, ...]
    zone: str = ""
    gross: tuple[str, ...]
    tax: tuple[str, ...]
    tip: tuple[str, ...]
    promotions: tuple[str, ...]
    channel: Channel = "delivery_platform"


class PayoutRules(_Rules):
    """The settings of the reader `delivery_payouts`.

    blank: texts that mean nothing. day: columns that say the day of the payout, the first one that
    is filled. order_key: the same for the order as the till knows it. event: the column with the
    kind of a row. event_key: what tells two rows apart; where that is not enough they are counted.
    identical_rows: whether two rows that say the same are both real. payout: the column of what was
    paid. components: columns of money -> fee type; costs are negative in the file. shares: columns
    that are parts of one of them; only_where: components that do not always count.
    """

    platform: str
    blank: tuple[str, ...] = ()
    day: tuple[str, ...]
    day_formats: tuple[str, ...]
    order_key: tuple[str, ...]
    event: str
    events: dict[str, EventRules]
    event_key: tuple[str, ...]
    identical_rows: Literal["real", "repeats"]
    payout: str
    components: dict[str, Fee]
    shares: dict[str, ShareRules] = {}
    only_where: dict[str, ConditionRules] = {}
    described: DescribedRules | None = None
    makes_orders: bool = False
    orders: OrderRules
