"""One action a day, within the budget, in words that exist."""

from datetime import timedelta

import pyarrow as pa
from desk import (
    FREE,
    LIST_OF,
    OFFER,
    Decide,
    find_guardrails,
    recall,
    set_apart,
)
from kitchen import DAY, Kitchen

from regulars.actions.reasons import explain
from regulars.actions.vocabulary import ACTIONS
from regulars.checks.schemas import raw_schema


def test_an_action_is_always_one_of_its_own_list(decide: Decide):
    cases = [{"segment": segment, "list_name": on_list, "tier": tier, "is_specials_only": specials}
             for segment, on_list in LIST_OF.items()
             for tier in ("lead", "iron", "gold", "platinum")
             for specials in (True, False)]  # fmt: skip
    found = decide(*set_apart(cases))
    assert len(found) == len(cases) == 48
    for row in found.values():
        assert ACTIONS[row["action_code"]].on_list == row["list_name"]


def test_every_row_can_be_explained_in_both_languages(decide: Decide):
    guests = [{"customer_key": key, "segment": segment, "list_name": on_list}
              for key, (segment, on_list) in zip(FREE, LIST_OF.items(), strict=False)]  # fmt: skip
    for row in decide(*guests).values():
        numbers = {**row, "tier_profit_amount": "200.00", "potential_amount": "5.00",
                   "offer_amount": "8.00", "offer_ceiling_amount": "19.18"}  # fmt: skip
        for place in (1, 2, 3):
            texts = explain(row[f"reason_{place}_code"], numbers)
            assert all(texts) or row[f"reason_{place}_code"] is None
        assert row["reason_1_code"] is not None


def test_an_action_says_when_it_ends_and_under_which_policy(desk: Kitchen, decide: Decide):
    (row,) = decide({}).values()
    assert (row["starts_on"], row["expires_on"]) == (DAY, DAY + timedelta(days=14))
    assert row["policy_version"] == desk.run.policy.version
    assert row["usual_gap_days"] == 20  # 19.5 days, half up


# Money


def test_the_budget_goes_to_where_money_earns_most_until_it_ends(desk: Kitchen, decide: Decide):
    """The dearer the visit, the more an offer of the same cost brings back."""
    guests = [{"customer_key": key, "visit_cm2_minor": 6000 + 100 * rank}
              for rank, key in enumerate(FREE[:5])]  # fmt: skip
    found = decide(*guests)
    offers = [found[key]["offer_minor"] for key in FREE[:5]]
    assert offers == [0, 0, OFFER, OFFER, OFFER]
    assert [found[key]["action_code"] for key in FREE[:5]] == ["A20", "A20", "A21", "A21", "A21"]
    assert desk.inspect("audit_budget_kept").failures == 0


def test_each_store_has_its_own_budget(decide: Decide):
    guests = [{"customer_key": key, "store_id": store}
              for key, store in zip(FREE, ["S1"] * 4 + ["S2"] * 2, strict=False)]  # fmt: skip
    found = decide(*guests)
    spent = {store: sum(row["offer_minor"] for row in found.values() if row["store_id"] == store)
             for store in ("S1", "S2")}  # fmt: skip
    assert spent == {"S1": 3 * OFFER, "S2": 2 * OFFER}


def test_figures_of_an_offer_worked_out_by_hand(desk: Kitchen, decide: Decide):
    """m 60.00, p0 0.25, p1 0.25 + 0.12, k 0.10: c_max = 60(1 - 25/37) - 0.10/0.37 = 19.189.

    With the offer 0.37 x (60 - 8) - 0.10 - 0.25 x 60 = 4.14; a note alone: 0.03 x 60 - 0.10 = 1.70.
    """
    (row,) = decide({}).values()
    assert (row["offer_minor"], row["offer_ceiling_minor"], row["added_profit_minor"]) == (
        800,
        1918,
        414,
    )
    assert (row["runner_up_action_code"], row["runner_up_added_profit_minor"]) == ("A20", 170)
    assert (row["return_without_ratio"], row["return_with_ratio"]) == (0.25, 0.37)
    assert not row["is_uplift_measured"]
    assert desk.inspect("audit_offer_ceiling").failures == 0


MONEY = [
    ({}, OFFER),
    ({"overdue_ratio": 1.5}, OFFER),
    ({"overdue_ratio": 1.49}, 0),
    ({"tier_profit_minor": 2667}, OFFER),
    ({"tier_profit_minor": 2666}, 0),
    # c_max of 16.01 and 15.99: half of it has to reach 8.00.
    ({"visit_cm2_minor": 5021}, OFFER),
    ({"visit_cm2_minor": 5015}, 0),
    ({"order_cm3_minor": 800}, OFFER),
    ({"order_cm3_minor": 799}, 0),
    # With 0.8 of a chance to come anyway there is nothing to buy; half of c_max is too little.
    ({"return_ratio": 0.8, "visit_cm2_minor": 90_000}, 0),
    ({"return_ratio": 0.79, "visit_cm2_minor": 90_000, "overdue_ratio": 2.0}, OFFER),
    # The richer one, once the silence is long and half of c_max covers it.
    ({"overdue_ratio": 2.5, "visit_cm2_minor": 30_000}, 2 * OFFER),
    ({"overdue_ratio": 2.49, "visit_cm2_minor": 30_000}, OFFER),
    # Who holds a tier gets a perk first, and a small offer only when the silence is long.
    ({"tier": "gold", "overdue_ratio": 2.49, "visit_cm2_minor": 30_000}, 0),
    ({"tier": "gold", "overdue_ratio": 2.5, "visit_cm2_minor": 30_000}, OFFER),
    ({"segment": "loyal", "list_name": "reward", "tier": "platinum"}, 0),
    ({"segment": "loss_maker", "list_name": "deprioritise"}, 0),
    # Newcomers: at most what probation allows, whatever they brought.
    ({"segment": "prospect", "list_name": "activate", "probation_offer_minor": 800,
      "tier_profit_minor": 0}, OFFER),
    ({"segment": "prospect", "list_name": "activate", "probation_offer_minor": 799}, 0),
    ({"segment": "lapsed", "list_name": "activate", "overdue_ratio": 9.0}, OFFER),
    ({"segment": "steady", "list_name": "activate"}, 0),
    ({"customer_kind": "business"}, 0),
]  # fmt: skip


def test_money_is_for_the_slipping_and_never_more_than_pays(decide: Decide):
    found = decide(*set_apart([changes for changes, _ in MONEY]))
    offers = [found[key]["offer_minor"] for key, _ in zip(FREE, MONEY, strict=False)]
    assert offers == [offer for _, offer in MONEY]


def test_what_was_spent_on_a_guest_this_month_counts(desk: Kitchen, decide: Decide):
    """Three tenths of 200.00 are 60.00 a month: 52.00 leave room for 8.00, 52.01 do not."""
    spent = dict(zip(FREE, (0, 5200, 5201), strict=False))
    recall(desk, *({"customer_key": key, "month_spent_minor": one} for key, one in spent.items()))
    found = decide(*set_apart([{}, {}, {}]))
    recall(desk)
    assert [found[key]["offer_minor"] for key in spent] == [OFFER, OFFER, 0]


def test_priorities_of_a_list_count_from_one_by_added_profit(decide: Decide):
    guests = [{"customer_key": key, "visit_cm2_minor": value}
              for key, value in zip(FREE, (1000, 3000, 2000, 3000), strict=False)]  # fmt: skip
    found = decide(*guests)
    assert [found[key]["priority"] for key in FREE[:4]] == [4, 1, 3, 2]


def test_who_would_bring_less_than_the_contact_costs_is_left_alone(desk: Kitchen, decide: Decide):
    """A note adds 0.03 visits of 3.33 each, less than the 0.10 it costs; of 3.67, more."""
    dear, cheap = ({"customer_key": key, "visit_cm2_minor": value}
                   for key, value in zip(FREE, (367, 333), strict=False))  # fmt: skip
    assert set(decide(dear, cheap)) == {FREE[0]}
    assert find_guardrails(desk) == {FREE[0]: None, FREE[1]: "no_gain"}


def test_the_owner_of_an_account_is_told_whom_to_call(desk: Kitchen, decide: Decide):
    """The money at stake is half of 200.00: the chance that the customer is gone is a half."""
    account = {"account_id": "A1", "account_owner": "Li", "payment_terms_days": 30}
    accounts = pa.Table.from_pylist([account], raw_schema("accounts"))
    desk.warehouse.load("raw_accounts", accounts)
    desk.serve("int_account_customers", {"account_id": "A1", "customer_key": FREE[0]})
    decide({"customer_kind": "business"}, {"customer_key": FREE[1]})
    (call,) = desk.build("fct_account_calls").taste("select * from fct_account_calls")
    assert (call["customer_key"], call["account_owner"], call["stage"]) == (
        FREE[0], "Li", "stabilise",
    )  # fmt: skip
    assert (call["stake_minor"], call["reason_1_code"]) == (10_000, "off_rhythm")


def test_who_complained_is_on_the_list_of_things_to_set_right_and_on_no_other(
    desk: Kitchen, decide: Decide
):
    """Two complaints are open since nine days; the one of tomorrow is not known today."""
    ago = (9, 2, -1)
    told = ({"customer_key": FREE[0], "complained_on": DAY - timedelta(days=days)} for days in ago)
    desk.serve("int_complaints", *told)
    assert decide({"has_open_complaint": True}, {"customer_key": FREE[1]}).keys() == {FREE[1]}
    found = desk.build("fct_service_recoveries").taste("select * from fct_service_recoveries")
    assert [(row["customer_key"], row["open_days"], row["open_complaint_count"])
            for row in found] == [(FREE[0], 9, 2)]  # fmt: skip


def test_a_business_customer_is_called_and_needs_no_coupon(decide: Decide):
    (row,) = decide({"customer_kind": "business", "tier": "gold"}, reachable=()).values()
    assert (row["action_code"], row["contact_channel"], row["cost_minor"]) == (
        "A29", "account_owner", 0,
    )  # fmt: skip


LEVERS = [
    ({"is_specials_only": True}, "A40"),
    ({}, "A43"),
    ({"main_channel": "platform", "channel_cost_minor": 14_600}, "A41"),
    ({"busy_order_count": 5, "service_cost_minor": 14_700}, "A42"),
    ({"busy_order_count": 5, "service_cost_minor": 14_500}, "A43"),
]


def test_the_lever_is_where_most_could_be_saved(decide: Decide):
    """A year's discounts are 73.00, half of the orders came in busy hours."""
    unprofitable = {"segment": "loss_maker", "list_name": "deprioritise"}
    found = decide(*set_apart([{**unprofitable, **changes} for changes, _ in LEVERS]))
    codes = [found[key]["action_code"] for key, _ in zip(FREE, LEVERS, strict=False)]
    assert codes == [code for _, code in LEVERS]
    assert {row["expires_on"] for row in found.values()} == {DAY + timedelta(days=90)}


def test_a_lever_keeps_its_first_day_until_it_is_reviewed(desk: Kitchen, decide: Decide):
    since, until = DAY - timedelta(days=30), DAY + timedelta(days=60)
    recall(desk, {"customer_key": FREE[0], "lever_since_on": since, "lever_until_on": until})
    (row,) = decide({"segment": "loss_maker", "list_name": "deprioritise"}).values()
    recall(desk)
    assert (row["starts_on"], row["expires_on"]) == (since, until)


def test_an_offer_set_by_hand_stands_and_is_not_chosen_against(decide: Decide):
    (row,) = decide({"hand_offer_minor": 900, "overdue_ratio": 1.0}).values()
    assert (row["action_code"], row["offer_minor"], row["is_by_hand"]) == ("A24", 900, True)


def test_nobody_has_two_actions(desk: Kitchen, decide: Decide):
    decide(*({"customer_key": key} for key in FREE[:50]))
    assert desk.inspect("audit_one_action").failures == 0


# Guardrails
