"""Items written as one text, `2 x Masala Fries, 1 x Lassi`: taking it apart, sharing its money."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

_BETWEEN = re.compile(r", (?=\d+ x )")
_ITEM = re.compile(r"(?P<quantity>[1-9]\d*) x (?P<name>\S.*)", re.DOTALL)


@dataclass(frozen=True)
class ItemCount:
    """So many units of an item, by the name the order gives it."""

    quantity: int
    name: str


def parse_items(text: str) -> tuple[ItemCount, ...]:
    """The items of an order. Commas inside a name stay in it: only `, <number> x ` separates.

    Raises ValueError where a part is not `<number> x <name>`.
    """
    items = []
    for part in _BETWEEN.split(text):
        match = _ITEM.fullmatch(part)
        if match is None:
            raise ValueError("an item is not written as '<number> x <name>'")
        items.append(ItemCount(int(match["quantity"]), match["name"]))
    return tuple(items)


def join_items(items: tuple[ItemCount, ...]) -> str:
    """The text that `parse_items` reads as these items."""
    return ", ".join(f"{item.quantity} x {item.name}" for item in items)


@lru_cache(maxsize=65_536)
def name_item_id(brand: str, name: str) -> str:
    """One id per dish and brand, whatever the case and punctuation: `aura_pizzas:lassi`."""
    return f"{_slug(brand)}:{_slug(name) or name}"


def share_amount(amount_minor: int, quantities: list[int]) -> list[int]:
    """Share an amount over lines by their units, nothing lost: floors of the running share.

    `share_amount(100, [1, 1, 1]) == [33, 33, 34]`. Raises ValueError where there is no unit.
    """
    units = sum(quantities)
    if units <= 0:
        raise ValueError("there is no unit to share the amount over")
    bounds = [0]
    seen = 0
    for quantity in quantities:
        seen += quantity
        bounds.append(amount_minor * seen // units)
    return [upper - lower for lower, upper in pairwise(bounds)]


def _slug(text: str) -> str:
    return re.sub(r"\W+", "_", unicodedata.normalize("NFKC", text).casefold()).strip("_")
