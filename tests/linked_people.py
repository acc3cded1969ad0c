"""People and their links as plain Python: an independent route to who is who."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from itertools import count
from typing import Any, NamedTuple

import pyarrow as pa

from regulars.checks.schemas import raw_schema
from regulars.engines import Warehouse

NEVER = date(9999, 12, 31)
FIRST = date(2025, 1, 1)
STRENGTH = ("member_no", "phone", "email", "card_token", "card_suffix")


class Statement(NamedTuple):
    """A reference (or, on an order without one, nobody) and what it was known by on a day."""

    reference: str | None
    identifiers: tuple[str, ...]
    day: int


class Decision(NamedTuple):
    """What a person decided about a reference and another reference or an identifier."""

    kind: str
    reference: str
    other: str


def kind_of(identifier: str) -> str:
    """The type in the name of an identifier: `card_token_k1_7` is a card_token."""
    return identifier.rsplit("_", 2)[0]


def load_statements(
    warehouse: Warehouse, statements: Iterable[Statement], decisions: Iterable[Decision] = ()
) -> None:
    """Put the statements into the raw tables as orders with identifiers, and the decisions."""
    rows: dict[str, list[dict[str, Any]]] = {
        "orders": [], "order_identifiers": [], "customer_overrides": [],
    }  # fmt: skip
    numbers = count(1)

    def add(entity: str, **values: Any) -> None:
        lineage = {"source_system": "pos", "source_file_sha256": "f", "source_row": next(numbers)}
        rows[entity].append({**lineage, **values})

    for one in sorted(set(statements), key=repr):
        order = {"store_id": "S1", "order_id": repr(one)}
        add("orders", customer_key=one.reference, business_date=FIRST + timedelta(one.day), **order)
        for identifier in one.identifiers:
            add("order_identifiers", identifier_type=kind_of(identifier),
                identifier_hash=identifier, **order)  # fmt: skip
    for number, decision in enumerate(decisions):
        is_reference = decision.kind != "not_theirs"
        add("customer_overrides", override_id=f"v{number}", override_kind=decision.kind,
            customer_key=decision.reference, decided_on=FIRST,
            other_customer_key=decision.other if is_reference else None,
            identifier_hash=None if is_reference else decision.other)  # fmt: skip
    for entity, listed in rows.items():
        warehouse.load(f"raw_{entity}", pa.Table.from_pylist(listed, raw_schema(entity)))


def plain_people(
    statements: Iterable[Statement], decisions: Iterable[Decision], max_people: int
) -> dict[str, str]:
    """Whose key every reference and identifier goes by, as a union-find of the links."""
    seen: dict[str, date] = defaultdict(lambda: NEVER)
    carried: dict[str, set[str]] = defaultdict(set)
    taken = {(one.reference, one.other) for one in decisions if one.kind == "not_theirs"}
    for one in statements:
        day = FIRST + timedelta(one.day)
        names = sorted(one.identifiers, key=lambda name: (STRENGTH.index(kind_of(name)), name))
        for name in (one.reference, *names):
            if name:
                seen[name] = min(seen[name], day)
        carrier = one.reference or (names[0] if names else "")
        for name in names:
            if name != carrier and kind_of(name) != "card_suffix" and (carrier, name) not in taken:
                carried[name].add(carrier)
    barred = {name for name, carriers in carried.items() if len(carriers) > max_people}
    for kind, one_reference, other in decisions:
        if kind == "different_customer":
            barred |= {n for n, carriers in carried.items() if {one_reference, other} <= carriers}
    links = [
        (carrier, name)
        for name, carriers in carried.items()
        for carrier in carriers
        if not {carrier, name} & barred
    ]
    links += [(one.reference, one.other) for one in decisions if one.kind == "same_customer"]
    return _unite(links, seen)


def _unite(links: Iterable[tuple[str, str]], seen: dict[str, date]) -> dict[str, str]:
    parents: dict[str, str] = {}

    def root(name: str) -> str:
        while parents.setdefault(name, name) != name:
            name = parents[name]
        return name

    def seniority(name: str) -> tuple[date, bool, str]:
        return seen[name], not name.startswith("c_"), name

    for one, other in links:
        senior, junior = sorted((root(one), root(other)), key=seniority)
        parents[junior] = senior
    return {name: root(name) for name in parents if root(name) != name}
