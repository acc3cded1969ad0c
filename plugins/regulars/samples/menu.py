"""The group's menu: what dishes sell for and what they cost to make."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from regulars.samples.frames import IntArray

STORES = ("S1", "S2", "S3")
COST_RISE_BPS = 10_600
"""Recipe costs after the change, against those before it: 6 % more."""
DEAR_STORE = 1
"""The store (by position) that pays more for the fresh dishes than the others."""


@dataclass(frozen=True)
class Dish:
    """An item: list price in minor units, recipe cost in basis points of it, popularity."""

    name: str
    category: str
    price_minor: int
    cost_bps: int
    weight: int
    revenue_kind: str = "sale"


DISHES = (
    Dish("Kung pao chicken", "mains", 4200, 2950, 9),
    Dish("Mapo tofu", "mains", 2800, 2400, 10),
    Dish("Red-braised pork", "mains", 5800, 3350, 8),
    Dish("Twice-cooked pork", "mains", 4600, 3200, 7),
    Dish("Sweet and sour ribs", "mains", 6200, 3400, 6),
    Dish("Dry-pot cauliflower", "mains", 3200, 2500, 6),
    Dish("Cumin lamb", "mains", 6800, 3600, 5),
    Dish("Salt and pepper squid", "mains", 5600, 3500, 4),
    Dish("Boiled fish in chilli oil", "fresh", 7800, 3700, 5),
    Dish("Steamed prawns", "fresh", 8800, 3900, 3),
    Dish("Steamed sea bass, by the kilo", "fresh", 9800, 3800, 2),
    Dish("Roast duck, half", "fresh", 8600, 3500, 4),
    Dish("Cold cucumber", "starters", 1600, 2200, 8),
    Dish("Wood ear salad", "starters", 1800, 2300, 5),
    Dish("Spring rolls", "starters", 2200, 2600, 7),
    Dish("Pork dumplings", "starters", 2600, 2800, 11),
    Dish("Hot and sour soup", "starters", 2400, 2400, 5),
    Dish("Scallion pancake", "starters", 1400, 2100, 7),
    Dish("Dan dan noodles", "staples", 2200, 2500, 12),
    Dish("Beef noodle soup", "staples", 3400, 3100, 12),
    Dish("Yangzhou fried rice", "staples", 2600, 2600, 10),
    Dish("Wonton soup", "staples", 2400, 2700, 8),
    Dish("Steamed rice", "staples", 300, 3000, 16),
    Dish("Stir-fried greens", "staples", 2000, 2400, 9),
    Dish("Plum juice", "drinks", 1200, 1800, 10),
    Dish("Soy milk", "drinks", 800, 2000, 8),
    Dish("Jasmine tea", "drinks", 1500, 1200, 8),
    Dish("Local beer", "drinks", 1800, 3300, 9),
    Dish("Baijiu, small bottle", "drinks", 6800, 4200, 2),
    Dish("Mango pudding", "desserts", 1800, 2600, 5),
    Dish("Sesame balls", "desserts", 1600, 2300, 5),
    Dish("Catering tray, cold", "catering", 6800, 3000, 4),
    Dish("Catering tray, meat", "catering", 9800, 3500, 5),
    Dish("Catering tray, vegetables", "catering", 5800, 2700, 4),
    Dish("Catering tray, noodles", "catering", 4800, 2600, 4),
    Dish("Catering drinks box", "catering", 6000, 2800, 3),
    Dish("Gift card 200", "vouchers", 20000, 0, 0, "gift_card"),
    Dish("Gift card 500", "vouchers", 50000, 0, 0, "gift_card"),
    Dish("Stored value 1000", "vouchers", 100000, 0, 0, "stored_value"),
)

ITEM_IDS = tuple(f"I{number:03d}" for number in range(1, len(DISHES) + 1))
PRICES: IntArray = np.array([dish.price_minor for dish in DISHES], np.int64)
IS_LIABILITY = np.array([dish.revenue_kind != "sale" for dish in DISHES])
IS_SMALL = np.array([dish.category in ("drinks", "desserts", "starters") for dish in DISHES])
IS_WEIGHED = np.array(["by the kilo" in dish.name for dish in DISHES])
LIABILITIES: IntArray = np.flatnonzero(IS_LIABILITY)


def menu_weights(is_catering: bool) -> NDArray[np.int64]:
    """The popularity of every item at the table, or on the catering list."""
    return np.array(
        [dish.weight if (dish.category == "catering") == is_catering else 0 for dish in DISHES]
    )


def unit_costs() -> NDArray[np.int64]:
    """Recipe costs in millionths of a minor unit, by item, store, and before/after the change.

    They are whole hundredths of a minor unit, so four decimals in the file are exact.
    """
    costs = np.zeros((len(DISHES), len(STORES), 2), np.int64)
    for item, dish in enumerate(DISHES):
        for store in range(len(STORES)):
            hundredths = dish.price_minor * dish.cost_bps // 100
            if has_own_cost(dish, store):
                hundredths = hundredths * 108 // 100
            costs[item, store, 0] = hundredths * 10_000
            costs[item, store, 1] = hundredths * COST_RISE_BPS // 10_000 * 10_000
    return costs


def has_own_cost(dish: Dish, store: int) -> bool:
    """Whether this store has its own recipe cost for the dish."""
    return store == DEAR_STORE and dish.category == "fresh"
