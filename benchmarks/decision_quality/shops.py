"""The shops that are measured: where their log comes from, and where it is cut."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from benchmarks.decision_quality.cdnow import fetch_wheel, read_purchases
from benchmarks.decision_quality.logs import Log, read_log
from benchmarks.decision_quality.splits import Split

_CONTRIBUTION = "total - 0.32 * subtotal - 12 - 0.24 * total"
"""A simple contribution by the rules of include/policy/restaurant_group: food 32 % of list price,
packaging 12 an order, commission 24 % of what the guest pays."""


@dataclass(frozen=True)
class Shop:
    """A shop's final cut, and the earlier ones on which the score may be developed."""

    name: str
    final: tuple[date, int]
    development: tuple[tuple[date, int], ...]


RESTAURANT = Shop(
    "restaurant group",
    (date(2025, 1, 1), 31),
    ((date(2024, 11, 1), 30), (date(2024, 11, 16), 30), (date(2024, 12, 1), 31)),
)
CDNOW = Shop(
    "CDNOW",
    (date(1997, 12, 31), 182),
    ((date(1997, 5, 1), 91), (date(1997, 7, 1), 91), (date(1997, 10, 1), 91),
     (date(1997, 7, 2), 182)),
)  # fmt: skip
RETAIL = Shop(
    "online retail",
    (date(2011, 9, 10), 91),
    ((date(2011, 3, 11), 91), (date(2011, 4, 25), 91), (date(2011, 6, 11), 91),
     (date(2011, 8, 10), 31)),
)  # fmt: skip


def read_shops(data: Path, cache: Path) -> Iterator[tuple[Shop, Log]]:
    """The shops whose data is there; the others are told and left out."""
    orders = data / "restaurant_group" / "orders.parquet"
    if orders.exists():
        note = "Profit is a simple contribution by the rules of its policy (no cost data)."
        yield (
            RESTAURANT,
            read_log(RESTAURANT.name, orders, value="total", profit=_CONTRIBUTION, note=note),
        )
    else:
        print(f"left out: {orders} is not there")
    try:
        purchases = read_purchases(fetch_wheel(cache))
        yield CDNOW, read_log(CDNOW.name, purchases, note="Profit is not known: it is sales.")
    except FileNotFoundError as error:
        print(f"left out: {error}")
    rows = data / "online_retail" / "tx.parquet"
    if rows.exists():
        note = "Profit is not known: it is sales less returns, and may be negative."
        yield RETAIL, read_log(RETAIL.name, rows, visits="visits", note=note)
    else:
        print(f"left out: {rows} is not there")


def splits_of(shop: Shop, log: Log, is_final: bool) -> list[Split]:
    """The final split of a shop, or those for development."""
    cuts = (shop.final,) if is_final else shop.development
    return [Split(log, cut, horizon) for cut, horizon in cuts]
