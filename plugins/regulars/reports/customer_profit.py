"""One customer's profit in words: the ladder, and why it is what it is, in English and Chinese."""

from collections.abc import Iterable, Mapping
from typing import Any

from regulars.reports.figures import amount_text, money_text, share_text
from regulars.reports.wording import DRIVERS, STEPS

_TAKEN = ("discount", "comp", "refund", "food_cost", "packaging_cost", "channel_cost",
          "payment_fee", "incentive_cost", "contact_cost", "service_cost", "complaint_cost",
          "acquisition_cost", "credit_cost")  # fmt: skip
_RATE = (
    "{name}: {own} of sales, {peers} with {count} peers; {money} {more}",
    "{name}：占销售额 {own}，{count} 位同类客户为 {peers}；{more} {money}",
)
_BY_ORDER = (
    "{name}: the same orders and sales of a peer would have cost {money} {other}",
    "{name}：同类客户相同订单的成本{other} {money}",
)
_ORDER_DRIVERS = ("small_ticket", "long_service", "packaging")


def ladder_lines(profit: Mapping[str, Any]) -> list[str]:
    """The steps from gross to true profit of a row of `fct_customer_profits`, zeros left out."""
    code = str(profit["currency_code"])
    lines = []
    for step, name in _in_order():
        amount = int(profit[f"{step}_minor"])
        if amount or step == "true_profit":
            shown = -amount if step in _TAKEN else amount
            lines.append(f"{amount_text(shown, code):>16}  {name}")
    return lines


def driver_words(driver: Mapping[str, Any]) -> tuple[str, str]:
    """A row of `fct_profit_drivers` as a sentence in English and in Chinese, with its numbers."""
    name, _, name_zh = DRIVERS[driver["driver_code"]].partition(" ‖ ")
    excess = int(driver["excess_minor"])
    texts = _BY_ORDER if driver["driver_code"] in _ORDER_DRIVERS else _RATE
    numbers = {
        "own": share_text(driver["own_rate_bps"] / 10_000),
        "peers": share_text(driver["peer_rate_bps"] / 10_000),
        "count": driver["peer_count"],
        "money": money_text(abs(excess), driver["currency_code"]),
    }
    words = ({"more": "more", "other": "less"}, {"more": "多出", "other": "少"})
    if excess < 0:
        name, name_zh = f"{name} (a saving)", f"{name_zh}（节省）"
        words = ({"more": "less", "other": "more"}, {"more": "节省", "other": "多"})
    english, chinese = (
        text.format(name=title, **numbers, **word)
        for text, title, word in zip(texts, (name, name_zh), words, strict=True)
    )
    return english, chinese


def profit_words(profit: Mapping[str, Any], drivers: Iterable[Mapping[str, Any]]) -> str:
    """The ladder and the reasons, dearest first, as a block of text."""
    reasons = [line for driver in drivers for line in driver_words(driver)]
    told = reasons or ["Much like the peers ‖ 与同类客户相近"]
    title = f"{profit['customer_key']} · {profit['snapshot_date']}"
    return "\n".join([title, *ladder_lines(profit), "", *told])


def _in_order() -> Iterable[tuple[str, str]]:
    """The steps as they stand on the ladder, each subtotal after what it sums."""
    after = {"packaging_cost": "cm1", "contact_cost": "cm2", "service_cost": "cm3"}
    for step, name in STEPS.items():
        if step in after.values():
            continue
        yield step, name
        if step in after:
            yield after[step], STEPS[after[step]]
