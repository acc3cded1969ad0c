"""Only kind things can be done, and they are said in two languages without a label."""

import re
from string import Formatter

import pytest

from regulars.actions.reasons import REASONS, Wording, explain
from regulars.actions.vocabulary import ACTIONS, Action, ActionList

NUMBERS = {
    "order_count": 12,
    "discounted_order_count": 11,
    "usual_gap_days": 7,
    "silent_days": 23,
    "visit_count": 9,
    "tier_profit_amount": "1234.50",
    "potential_amount": "88.00",
    "offer_amount": "8.00",
    "offer_ceiling_amount": "17.15",
    "currency_code": "CNY",
}
UNKIND = re.compile(
    r"refus|reject|ban\b|block|price|surcharge|loss|worst|bad customer|blacklist|unprofitable"
    r"|cheap|stingy|greedy|useless|punish|worse"
    r"|拒|涨价|加价|提价|黑名单|亏损|赔钱|差客户|羊毛党|惩罚|小气|杀熟",
    re.IGNORECASE,
)
CHINESE = re.compile(r"[\u4e00-\u9fff]")
ACTION_ROWS = list(ACTIONS.values())


def test_there_are_four_lists_and_something_to_do_on_each():
    assert {action.on_list for action in ACTION_ROWS} == set(ActionList)
    assert [one.value for one in ActionList] == [
        "reward", "incentivise", "activate", "deprioritise",
    ]  # fmt: skip


@pytest.mark.parametrize("action", ACTION_ROWS, ids=lambda action: action.code)
def test_nobody_is_refused_and_no_price_is_raised(action: Action):
    assert not UNKIND.search(f"{action.name} {action.name_zh}")


@pytest.mark.parametrize("action", ACTION_ROWS, ids=lambda action: action.code)
def test_a_code_tells_nothing_and_its_name_is_in_both_languages(action: Action):
    assert re.fullmatch(r"A[1-9][0-9]", action.code)
    assert CHINESE.search(action.name_zh) and not CHINESE.search(action.name)


def test_codes_of_one_list_share_their_first_digit():
    digits = {action.on_list: action.code[1] for action in ACTION_ROWS}
    assert len(set(digits.values())) == 4
    assert all(action.code[1] == digits[action.on_list] for action in ACTION_ROWS)


@pytest.mark.parametrize("code", REASONS)
def test_a_reason_is_rendered_in_both_languages_with_the_numbers_of_the_row(code: str):
    english, chinese = explain(code, NUMBERS)
    assert CHINESE.search(chinese) and not CHINESE.search(english)
    assert "{" not in english + chinese
    wanted = _places(REASONS[code].en)
    assert all(str(NUMBERS[name]) in english and str(NUMBERS[name]) in chinese for name in wanted)


@pytest.mark.parametrize("code", REASONS)
def test_both_languages_tell_the_same_numbers(code: str):
    assert _places(REASONS[code].en) == _places(REASONS[code].zh)


@pytest.mark.parametrize(("code", "wording"), REASONS.items())
def test_a_reason_may_be_read_by_the_guest_it_is_about(code: str, wording: Wording):
    assert not UNKIND.search(f"{code} {wording.en} {wording.zh}")


def test_a_reason_worked_out_by_hand():
    assert explain("off_rhythm", NUMBERS) == (
        "Used to come about every 7 days; last visit 23 days ago",
        "以往约每 7 天光临一次；上次为 23 天前",
    )


def test_no_reason_is_no_text():
    assert explain(None, NUMBERS) == ("", "")


def test_an_unknown_reason_or_a_missing_number_is_an_error_and_not_a_blank():
    with pytest.raises(KeyError, match="because"):
        explain("because", NUMBERS)
    with pytest.raises(KeyError, match="silent_days"):
        explain("on_rhythm", {"usual_gap_days": 7})


def _places(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}
