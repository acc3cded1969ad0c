"""The rules of profit on one order each, worked by hand. Money in minor units."""

import numpy as np
import pytest

from regulars.domain.fields import FEES
from regulars.samples.bills import tender_of
from regulars.samples.economics import Happened, measure_profit
from regulars.samples.frames import BLANK, Frame
from regulars.samples.giveaways import MERCHANT, PLATFORM, type_of

# Kung pao chicken: 42.00, 29.5 % of it is 12.39; mapo tofu: 28.00, 24 % is 6.72.
CHICKEN, TOFU, GIFT_CARD = 0, 1, 36
DINE_IN, TAKEAWAY, PLATFORM_DELIVERY = 0, 1, 3
SOUND = {"quantity": 1000, "discount": 0, "void": -1, "is_gift": 0}


def frame(*rows: dict[str, int], columns: str) -> Frame:
    return Frame(
        {name: np.array([row[name] for row in rows], np.int64) for name in columns.split()}
    )


def order_with(
    *lines: dict[str, int],
    adjustments: tuple[dict[str, int], ...] = (),
    settlements: tuple[dict[str, int], ...] = (),
    payments: tuple[dict[str, int], ...] = (),
    **order: int,
) -> dict[str, int]:
    plain = {"number": 0, "day": 0, "channel": DINE_IN, "status": 0, "covers": 0, "platform": -1,
             "service": 0, "delivery": 0, "packaging": 0} | order  # fmt: skip
    rows = [{"order": 0, "store": 0, "line_no": n, **SOUND, **x} for n, x in enumerate(lines, 1)]
    measured = measure_profit(
        Happened(
            orders=frame(plain, columns=" ".join(plain)),
            lines=frame(*rows, columns="order store line_no item gross " + " ".join(SOUND)),
            payments=frame(*payments, columns="order tender amount fee"),
            adjustments=frame(
                *({"order": 0, "funder": MERCHANT, **x} for x in adjustments),
                columns="order type funder amount",
            ),
            settlements=frame(*settlements, columns="order fee_type amount"),
        ),
        change_day=100,
    )
    return {name: int(values[0]) for name, values in measured.items()}


DISHES = ({"item": CHICKEN, "gross": 4200}, {"item": TOFU, "gross": 2800})


def test_a_plain_order_earns_price_less_food():
    profit = order_with(*DISHES)
    assert (profit["net_sales"], profit["food"], profit["cm1"]) == (7000, 1239 + 672, 5089)


def test_a_comped_dish_still_costs():
    profit = order_with(*DISHES, adjustments=({"type": type_of("comp"), "amount": 4200},))
    assert (profit["net_sales"], profit["food"]) == (2800, 1239 + 672)


def test_a_gift_earns_nothing_and_still_costs():
    profit = order_with(DISHES[0], {**DISHES[1], "is_gift": 1})
    assert (profit["net_sales"], profit["food"]) == (4200, 1239 + 672)


@pytest.mark.parametrize(("stage", "food"), [(0, 1239), (1, 1239 + 672)])
def test_a_void_costs_only_once_it_is_cooked(stage: int, food: int):
    profit = order_with(DISHES[0], {**DISHES[1], "void": stage})
    assert (profit["net_sales"], profit["food"]) == (4200, food)


@pytest.mark.parametrize(("funder", "net_sales"), [(MERCHANT, 6000), (PLATFORM, 7000)])
def test_only_what_the_merchant_funds_lowers_net_sales(funder: int, net_sales: int):
    coupon = {"type": type_of("coupon"), "amount": 1000, "funder": funder}
    assert order_with(*DISHES, adjustments=(coupon,))["net_sales"] == net_sales


@pytest.mark.parametrize("kind", ["refund", "chargeback"])
def test_a_refund_gives_back_the_sale_and_not_the_food(kind: str):
    refund = {"type": type_of(kind), "amount": 7000}
    profit = order_with(*DISHES, adjustments=(refund,))
    assert (profit["net_sales"], profit["cm1"]) == (0, -1911)


def test_selling_a_gift_card_is_no_sale():
    profit = order_with(DISHES[0], {"item": GIFT_CARD, "gross": 20000})
    assert (profit["net_sales"], profit["food"]) == (4200, 1239)


def test_food_costs_what_it_cost_on_the_business_date():
    assert order_with(*DISHES, day=100)["food"] == 1313 + 712


def test_an_actual_settlement_beats_the_rule():
    fees = [("commission", 1000), ("delivery", 300), ("payout", -5700), ("tax_withheld", 70)]
    settlements = tuple(
        {"order": 0, "fee_type": FEES.index(fee), "amount": amount} for fee, amount in fees
    )
    platform = {"channel": PLATFORM_DELIVERY, "platform": 0}
    assert order_with(*DISHES, settlements=settlements, **platform)["channel"] == 1300
    # 18 % of 70.00, and after the change 20 %
    assert order_with(*DISHES, **platform)["channel"] == 1260
    assert order_with(*DISHES, **platform, day=100)["channel"] == 1400


def test_packaging_follows_order_and_lines():
    assert order_with(*DISHES, channel=TAKEAWAY)["packaging"] == 80 + 2 * 30


def test_a_stated_fee_beats_the_rate_of_the_tender():
    card = {"order": 0, "tender": tender_of("card"), "amount": 7075}
    assert order_with(*DISHES, payments=({**card, "fee": BLANK},))["payment_fee"] == 42
    assert order_with(*DISHES, payments=({**card, "fee": 50},))["payment_fee"] == 50


def test_serving_costs_minutes():
    # 2 + 6 × 3 guests + 1.5 × 2 lines = 23 minutes at 0.90
    assert order_with(*DISHES, covers=3)["service"] == 2070


def test_an_unpaid_order_costs_only_what_was_cooked():
    dead = [{**DISHES[0], "void": 1}, {**DISHES[1], "void": 0}]
    profit = order_with(*dead, status=2, channel=TAKEAWAY)
    assert profit["true_profit"] == -1239


def test_true_profit_also_bears_compensations_and_error_charges():
    adjustments = (
        {"type": type_of("compensation"), "amount": 2000},
        {"type": type_of("error_charge"), "amount": 500},
    )
    profit = order_with(*DISHES, adjustments=adjustments)
    assert profit["cm2"] == 5089 - 500
    assert profit["true_profit"] == 5089 - 500 - 450 - 2000
