"""The figures of the profit ladder: each day once, no hole, and a minute at practical capacity."""

from datetime import date
from decimal import Decimal

import pytest
from pydantic import ValidationError

from regulars.policy.cost_rules import CostRulePolicy
from regulars.policy.profit_sections import (
    Capacity,
    ChargePolicy,
    PointCost,
    ServicePolicy,
    ServiceRate,
)
from regulars.policy.version import Policy

SPRING, SUMMER, AUTUMN = date(2024, 3, 1), date(2024, 6, 1), date(2024, 9, 1)
END_OF_SPRING = date(2024, 5, 31)
RATE = {"valid_from": SPRING, "hour_cost_minor": 4320}


def test_a_minute_at_practical_capacity_costs_more_than_a_sixtieth_of_an_hour():
    rate = ServiceRate(valid_from=SPRING, hour_cost_minor=4320)
    assert rate.minute_cost_micro(Decimal(1)) == 72_000_000
    assert rate.minute_cost_micro(Decimal("0.8")) == 90_000_000
    assert rate.minute_cost_micro(Decimal("0.85")) == 84_705_882


def test_capacity_is_hours_times_hands_times_the_practical_share():
    lunch = Capacity(valid_from=SPRING, store_id="S1", daypart="lunch", hours=3.5, hands=2)
    assert lunch.practical_milli(Decimal("0.8")) == 336_000


def test_a_point_costs_its_worth_times_the_chance_that_it_is_used():
    cost = PointCost(valid_from=SPRING, point_value_minor=1.5, redemption_share=0.7)
    assert cost.unit_cost_micro == 1_050_000


def test_nothing_is_costed_until_the_policy_gives_numbers():
    assert ServicePolicy().rates == () == ServicePolicy().capacity
    assert ChargePolicy().acquisition == () == ChargePolicy().capital


@pytest.mark.parametrize(
    ("said", "rates"),
    [
        ("all stores holds twice on 2024-06-01", [RATE, {**RATE, "valid_from": SUMMER}]),
        ("does not hold on 2024-06-01: a gap",
         [{**RATE, "valid_to": END_OF_SPRING}, {**RATE, "valid_from": AUTUMN}]),
        ("valid_to is before valid_from", [{**RATE, "valid_to": date(2024, 1, 1)}]),
        ("hour_cost_minor", [{**RATE, "hour_cost_minor": -1}]),
        ("channel_minutes", [{**RATE, "channel_minutes": {"drone": 1}}]),
    ],
)  # fmt: skip
def test_service_rates_that_contradict_themselves_are_refused(said, rates):
    with pytest.raises(ValidationError, match=said):
        ServicePolicy(rates=rates)


def test_a_stores_own_rate_may_pause_where_the_groups_rate_holds():
    own = [{**RATE, "store_id": "S1", "valid_to": END_OF_SPRING},
           {**RATE, "store_id": "S1", "valid_from": AUTUMN}]  # fmt: skip
    assert len(ServicePolicy(rates=[RATE, *own]).rates) == 3


def test_two_costs_of_one_source_on_one_day_are_refused():
    cost = {"valid_from": SPRING, "source": "social", "cost_minor": 900}
    with pytest.raises(ValidationError, match="acquisition cost of social holds twice"):
        ChargePolicy(acquisition=[cost, {**cost, "cost_minor": 800}])


def rule(rule_id: str, **values: object) -> CostRulePolicy:
    given = {"component": "commission", "basis": "rate", "rate_bps": 1800, "valid_from": SPRING}
    return CostRulePolicy(rule_id=rule_id, **{**given, **values})


def policy_with(*rules: CostRulePolicy) -> Policy:
    shop = {"store_id": "S1", "store_name": "Corner", "time_zone": "UTC", "currency_code": "CNY"}
    return Policy(
        name="story", valid_from=SPRING, stores=[shop], cost_rules=rules,
        group={"name": "Story", "name_zh": "故事", "currency_code": "CNY"},
        sources=[{"name": "pos", "time_zone": "UTC", "currency_code": "CNY"}],
    )  # fmt: skip


def test_a_hole_in_the_rules_of_a_scope_is_refused_with_its_first_day():
    with pytest.raises(ValidationError, match="commission rate platform=meiwei does not hold on"):
        policy_with(
            rule("r1", platform="meiwei", valid_to=END_OF_SPRING),
            rule("r2", platform="meiwei", valid_from=AUTUMN),
        )


def test_a_hole_under_a_wider_rule_and_an_end_without_a_successor_are_no_gaps():
    policy = policy_with(
        rule("r1", platform="meiwei", valid_to=END_OF_SPRING),
        rule("r2", platform="meiwei", valid_from=AUTUMN),
        rule("r3", valid_to=date(2024, 12, 31)),
    )
    assert len(policy.cost_rules) == 3


def test_a_wider_rule_that_ends_inside_the_hole_does_not_close_it():
    with pytest.raises(ValidationError, match="does not hold on 2024-08-01"):
        policy_with(
            rule("r1", platform="meiwei", valid_to=END_OF_SPRING),
            rule("r2", platform="meiwei", valid_from=AUTUMN),
            rule("r3", valid_to=date(2024, 7, 31)),
        )


def test_service_of_a_store_nobody_knows_is_refused():
    rates = {"rates": [{**RATE, "store_id": "S9"}]}
    known = policy_with().model_dump(exclude={"service"})
    with pytest.raises(ValidationError, match="service names unknown stores"):
        Policy(**known, service=rates)
