"""The scorecard once more in plain Python: one customer at a time, from the words of the policy."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from math import exp, log, prod
from typing import Any

WEIGHTS = (40, 25, 15, 10, 10)
FLOORS = (5, 5, 0, 5, 5)
LOWER_DOORS = (35, 70, 88)
TIERS = ("lead", "iron", "gold", "platinum")
MIN_PEERS = 30
LOYALTY = ("visits", "regularity", "tenure", "satisfaction", "trend")
EASE = ("service", "trouble", "delay", "cancelled", "dependence")
Guest = Mapping[str, Any]


@dataclass(frozen=True)
class Card:
    """What the scorecard says of a customer."""

    dimensions: tuple[float, ...]
    score: float
    percentile: float
    changed: float
    kept: str


def plain_scorecards(guests: Sequence[Guest]) -> list[Card]:
    """Everybody's card: ranked within kind and store type, or kind where these are too few."""
    sizes = Counter((guest["kind"], guest["type"]) for guest in guests)
    cards = []
    for guest in guests:
        is_many = sizes[guest["kind"], guest["type"]] >= MIN_PEERS
        peers = [
            one for one in guests
            if one["kind"] == guest["kind"] and (one["type"] == guest["type"] or not is_many)
        ]  # fmt: skip
        cards.append(_card(guest, peers))
    return cards


def _card(guest: Guest, peers: Sequence[Guest]) -> Card:
    everybody = [_dimensions(one, peers) for one in peers]
    ranked = list(zip(*(_among(column) for column in zip(*everybody, strict=True)), strict=True))
    me = next(at for at, peer in enumerate(peers) if peer is guest)
    sets = [WEIGHTS] + [
        tuple(w * (1 + 0.2 * sign) for w, sign in zip(WEIGHTS, signs, strict=True))
        for signs in product((1, -1), repeat=5)
        if prod(signs) == 1 and -1 in signs
    ]
    scores = [[_score(card, weights) for card in ranked] for weights in sets]
    places = [_among(one)[me] for one in scores]
    own, jittered = places[0], places[1:]
    changed = sum(_door(one) != _door(own) for one in jittered) / len(jittered)
    kept = [
        tier for tier, door in zip(TIERS[1:], LOWER_DOORS, strict=True)
        if sum(one >= door for one in jittered) > 0.1 * len(jittered)
    ]  # fmt: skip
    return Card(ranked[me], scores[0][me], own, changed, ["lead", *kept][-1])


def _dimensions(guest: Guest, peers: Sequence[Guest]) -> tuple[float, ...]:
    def place(name: str) -> float:
        return _place(guest[name], [one[name] for one in peers if one[name] is not None])

    def mean(names: Sequence[str]) -> float:
        # One customer's word alone says nothing of his place among peers.
        told = [
            name for name in names
            if guest[name] is not None
            and (len(peers) == 1 or sum(one[name] is not None for one in peers) > 1)
        ]  # fmt: skip
        return sum(map(place, told)) / len(told)

    return place("profit"), mean(LOYALTY), place("potential"), place("independence"), mean(EASE)


def _score(card: Sequence[float], weights: Sequence[float]) -> float:
    logs = [weight * log(max(one, 1)) for one, weight in zip(card, weights, strict=True)]
    below = any(one < floor for one, floor in zip(card, FLOORS, strict=True))
    mean = sum(logs) / sum(weights)
    return exp(round(min(mean, log(50)) if below else mean, 7))


def _among(values: Sequence[float]) -> list[float]:
    rounded = [round(value, 5) for value in values]
    return [_place(value, rounded) for value in rounded]


def _place(value: float, all_values: Sequence[float]) -> float:
    if len(all_values) == 1:
        return 50
    below = sum(one < value for one in all_values)
    equal = sum(one == value for one in all_values)
    return 100 * (below + (equal - 1) / 2) / (len(all_values) - 1)


def _door(percentile: float) -> int:
    return sum(percentile >= door for door in LOWER_DOORS)
