"""Links in any order, split over any days, some taken back: the same people as a union-find."""

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from kitchen import Kitchen, OpenKitchen

from linked_people import Decision, Statement, load_statements, plain_people
from regulars.steps.resolving import resolve

MAX_PEOPLE = 2
REFERENCES = st.sampled_from([f"c_{number}" for number in range(6)])
IDENTIFIERS = st.sampled_from(
    [f"{kind}_k1_{number}" for kind in ("phone", "email", "card_token") for number in range(4)]
    + ["card_suffix_k1_0"]
)
STATEMENTS = st.lists(
    st.builds(
        Statement,
        st.none() | REFERENCES,
        st.lists(IDENTIFIERS, max_size=3, unique=True).map(tuple),
        st.integers(0, 3),
    ),
    max_size=12,
)
DECISIONS = st.lists(
    st.builds(Decision, st.sampled_from(["same_customer", "different_customer"]),
              REFERENCES, REFERENCES)
    | st.builds(Decision, st.just("not_theirs"), REFERENCES, IDENTIFIERS),
    max_size=2,
)  # fmt: skip
STATE = st.tuples(STATEMENTS, DECISIONS)


@pytest.fixture(scope="module")
def registry(open_kitchen: OpenKitchen) -> Iterator[Kitchen]:
    with open_kitchen(identity={"max_people_per_identifier": MAX_PEOPLE}) as opened:
        yield opened.stage()


def _people(registry: Kitchen) -> dict[str, str]:
    rows = registry.taste("select node_key, customer_key from ops_identity_map")
    return {row["node_key"]: row["customer_key"] for row in rows}


@settings(max_examples=25)
@given(states=st.lists(STATE, min_size=1, max_size=3))
def test_whatever_was_known_before_people_are_what_is_known_now(
    registry: Kitchen, states: list[tuple[list[Statement], list[Decision]]]
):
    for statements, decisions in states:
        load_statements(registry.warehouse, statements, decisions)
        resolve(registry.warehouse, registry.run)
        assert _people(registry) == plain_people(set(statements), decisions, MAX_PEOPLE)


def test_a_long_chain_is_one_person(registry: Kitchen):
    chain = [
        Statement(f"c_{number:03}", (f"phone_k1_{number}", f"phone_k1_{number + 1}"), number % 7)
        for number in range(300)
    ]
    load_statements(registry.warehouse, chain)
    resolve(registry.warehouse, registry.run)
    people = _people(registry)
    assert set(people.values()) == {"c_000"}
    assert len(people) == 300 - 1 + 301


def test_a_star_in_reverse_order_is_one_person(registry: Kitchen):
    star = [Statement("c_9", (f"email_k1_{number:03}",), 300 - number) for number in range(200)]
    load_statements(registry.warehouse, star)
    resolve(registry.warehouse, registry.run)
    assert set(_people(registry).values()) == {"c_9"}
