"""Money is read exactly, rounded once, and never lost."""

from decimal import ROUND_HALF_UP, Decimal

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from regulars.domain.money import (
    CURRENCIES,
    NumberError,
    apply_rate,
    decimal_text,
    exponent_of,
    line_cost,
    parse_fixed,
    parse_fixed_column,
    parse_minor,
    share_out,
)

AMOUNTS = st.integers(-(10**15), 10**15)


@pytest.mark.parametrize(
    ("text", "minor"),
    [
        ("12.5", 1250),
        ("1,149.00", 114900),
        ("-7.00", -700),
        ("-$7.00", -700),
        ("$-7", -700),
        ("(33.62)", -3362),
        ("($33.62)", -3362),
        ("7.00-", -700),
        ("¥1,149", 114900),
        ("￥１２．５０", 1250),
        ("₹12,34,567.00", 123456700),
        ("（８．００）", -800),
        ("\u22123.10", -310),
        (" + 4 ", 400),
        (".5", 50),
        ("5.", 500),
        ("12.5000", 1250),
        ("-0.00", 0),
        ("0001.10", 110),
    ],
)
def test_an_amount_is_read_as_people_write_it(text: str, minor: int) -> None:
    assert parse_minor(text, 2) == minor


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("1.3E+18", "scientific_notation"),
        ("5e2", "scientific_notation"),
        ("12.505", "too_many_decimals"),
        ("12,50", "not_a_number"),
        ("1,14.00", "not_a_number"),
        ("(-7)", "not_a_number"),
        ("-7-", "not_a_number"),
        ("(7", "not_a_number"),
        ("twelve", "not_a_number"),
        ("NaN", "not_a_number"),
        ("", "not_a_number"),
        (".", "not_a_number"),
        ("1" * 17, "number_too_large"),
    ],
)
def test_what_is_not_an_exact_amount_is_refused_with_a_reason(text: str, reason: str) -> None:
    with pytest.raises(NumberError) as refusal:
        parse_minor(text, 2)
    assert refusal.value.reason == reason


def test_the_currency_says_how_many_decimals_there_are() -> None:
    assert [exponent_of(code) for code in ("JPY", "KRW", "VND", "KWD", "BHD", "CNY")] == [
        0, 0, 0, 3, 3, 2,
    ]  # fmt: skip
    assert parse_minor("1,200", exponent_of("JPY")) == 1200
    assert parse_minor("1200.00", exponent_of("JPY")) == 1200
    assert parse_minor("1.234", exponent_of("KWD")) == 1234
    assert {"CNY", "USD", "JPY"} <= CURRENCIES and all(len(code) == 3 for code in CURRENCIES)


def test_yen_have_no_decimals() -> None:
    with pytest.raises(NumberError, match="too_many_decimals"):
        parse_minor("1200.5", 0)


def test_a_unit_cost_of_3_25_yuan_is_325_million_millionths_of_a_fen() -> None:
    assert parse_fixed("3.25", exponent_of("CNY") + 6) == 325_000_000


@settings(deadline=None)
@given(AMOUNTS, st.integers(0, 4))
def test_written_amounts_read_back_the_same(minor: int, exponent: int) -> None:
    text = decimal_text(minor, exponent)
    assert parse_minor(text, exponent) == minor
    assert Decimal(text) == Decimal(minor).scaleb(-exponent)


def test_small_amounts_keep_their_leading_zero() -> None:
    assert [decimal_text(5, 2), decimal_text(-5, 2), decimal_text(7, 0)] == ["0.05", "-0.05", "7"]


ODD_TEXT = st.text("0123456789.,-+()$¥￥１２．eE \t\u00a0x−", max_size=12)
PLAIN_TEXT = st.from_regex(r"[+-]?[0-9]{1,19}(\.[0-9]{0,10})?", fullmatch=True)


@settings(deadline=None)
@given(st.lists(st.one_of(ODD_TEXT, PLAIN_TEXT, st.none()), max_size=12), st.integers(0, 8))
def test_a_column_is_read_exactly_like_its_cells(texts: list[str | None], places: int) -> None:
    index = pd.RangeIndex(5, 5 + len(texts))
    numbers, reasons = parse_fixed_column(pd.Series(texts, index=index, dtype="str"), places)
    for row, text in zip(index, texts, strict=True):
        number, reason = numbers[row], reasons[row]
        if text is None or not text.strip():
            assert pd.isna(number) and pd.isna(reason)
            continue
        try:
            expected = parse_fixed(text, places)
        except NumberError as refusal:
            assert pd.isna(number) and reason == refusal.reason
        else:
            assert number == expected and pd.isna(reason)


@settings(deadline=None)
@given(AMOUNTS, st.integers(-20_000, 20_000))
def test_a_rate_rounds_half_away_from_zero(minor: int, bps: int) -> None:
    exact = (Decimal(minor) * bps / 10_000).quantize(Decimal(1), ROUND_HALF_UP)
    assert apply_rate(minor, bps) == exact
    assert apply_rate(-minor, bps) == -apply_rate(minor, bps)


def test_eighteen_percent_of_12_25_is_2_21() -> None:
    assert apply_rate(1225, 1800) == 221
    assert apply_rate(-1225, 1800) == -221


def test_one_and_a_half_portions_at_3_25_cost_4_88() -> None:
    # 1.5 × 325 = 487.5 minor units, and half a unit rounds up.
    assert line_cost(1500, 325_000_000) == 488
    assert line_cost(-1500, 325_000_000) == -488


def test_a_cent_between_three_goes_to_exactly_one() -> None:
    assert share_out(100, [1, 1, 1]) == [33, 33, 34]
    assert share_out(-100, [1, 1, 1]) == [-33, -33, -34]
    assert share_out(1, [0, 5, 0]) == [0, 1, 0]
    assert share_out(10, [0, 0]) == [5, 5]


@settings(deadline=None)
@given(AMOUNTS, st.lists(st.integers(0, 10**9), min_size=1, max_size=30))
def test_sharing_never_loses_a_cent_and_stays_near_the_exact_share(
    total: int, weights: list[int]
) -> None:
    shares = share_out(total, weights)
    assert sum(shares) == total
    whole = sum(weights)
    if whole:
        for share, weight in zip(shares, weights, strict=True):
            assert abs(share * whole - total * weight) < whole


@pytest.mark.parametrize("weights", [[], [3, -1]])
def test_sharing_among_nobody_or_below_zero_is_refused(weights: list[int]) -> None:
    with pytest.raises(ValueError, match="at least one weight"):
        share_out(5, weights)
