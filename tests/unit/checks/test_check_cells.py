"""How cells of text become days, times, flags, codes and numbers."""

from datetime import UTC, date, datetime

import pandas as pd
import pytest
from check_rows import CONTEXT, as_table, batch
from hypothesis import given, settings
from hypothesis import strategies as st

from regulars.checks.cells import (
    parse_day,
    parse_moment,
    read_amount,
    read_day,
    read_flag,
    read_moment,
)
from regulars.checks.parsing import parse
from regulars.domain.money import NumberError, parse_fixed

at = datetime.fromisoformat


def column(*texts: str | None) -> pd.Series:
    return pd.Series(texts, dtype="str")


@pytest.mark.parametrize(
    "text",
    ["2025-01-05", "2025/01/05", "2025/1/5", "20250105", "2025-01-05 00:00:00", "2025-01-05T00:00"],
)
def test_a_day_may_be_written_in_these_ways(text: str) -> None:
    assert parse_day(text) == date(2025, 1, 5)


@pytest.mark.parametrize(
    "text", ["2025-02-30", "05/01/2025", "1/5/25", "2025-1-5", "2025-01-05 09:00", "45662", "tbd"]
)
def test_a_day_written_otherwise_is_not_guessed(text: str) -> None:
    days, reasons = read_day(column(text, "2025-01-05", None))
    assert days.isna().tolist() == [True, False, True]
    assert reasons.tolist()[0] == "bad_date" and reasons.isna().tolist() == [False, True, True]


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2025-01-05 09:07", "2025-01-05 09:07"),
        ("2025-01-05T09:07:08", "2025-01-05 09:07:08"),
        ("2025-01-05 09:07:08.25", "2025-01-05 09:07:08.250000"),
        ("2025/1/5 9:07", "2025-01-05 09:07"),
        ("20250105 09:07:08", "2025-01-05 09:07:08"),
    ],
)
def test_a_time_may_be_written_in_these_ways(text: str, moment: str) -> None:
    assert parse_moment(text) == at(moment)
    wall, instants, reasons = read_moment(column(text))
    assert wall[0] == at(moment) and instants.isna().all() and reasons.isna().all()


def test_an_offset_gives_an_instant() -> None:
    wall, instants, _ = read_moment(column("2025-01-05T09:07Z", "2025-01-05 09:07:00+08:00"))
    assert wall.isna().all()
    assert instants.tolist() == [at("2025-01-05 09:07"), at("2025-01-05 01:07")]


@pytest.mark.parametrize(
    "text", ["2025-01-05", "2025-01-05 25:00", "2025-02-30 10:00", "9:07", "05/01/2025 09:07"]
)
def test_a_time_written_otherwise_is_not_guessed(text: str) -> None:
    wall, instants, reasons = read_moment(column(text))
    assert wall.isna().all() and instants.isna().all() and reasons.tolist() == ["bad_time"]


MOMENT_TEXT = st.one_of(
    st.datetimes(at("1900-01-01"), at("2200-01-01")).map(str),
    st.datetimes(at("1900-01-01"), at("2200-01-01"), timezones=st.just(UTC)).map(str),
    st.from_regex(r"202[0-9][-/][0-9]{1,2}[-/][0-9]{1,2}[ T][0-9]{1,2}:[0-6][0-9](Z|\+08:00)?"),
    st.text("0123456789-/:T Z", max_size=20),
    st.none(),
)


@settings(deadline=None)
@given(st.lists(MOMENT_TEXT, min_size=1, max_size=10))
def test_a_column_of_times_is_read_like_its_cells(texts: list[str | None]) -> None:
    wall, instants, reasons = read_moment(column(*texts))
    for row, text in enumerate(texts):
        try:
            moment = parse_moment(text) if text is not None else None
        except ValueError:
            assert reasons[row] == "bad_time"
            continue
        assert pd.isna(reasons[row])
        is_aware = moment is not None and moment.tzinfo is not None
        expected_wall = None if is_aware else moment
        expected_utc = moment.astimezone(UTC).replace(tzinfo=None) if is_aware else None
        assert (None if pd.isna(wall[row]) else wall[row]) == expected_wall
        assert (None if pd.isna(instants[row]) else instants[row]) == expected_utc


def test_a_flag_is_yes_or_no_in_english_or_chinese() -> None:
    texts = ["true", "1", "YES", "y", "是", "False", "0", "no", "N", "否", None, "maybe"]
    flags, reasons = read_flag(column(*texts))
    assert flags.tolist()[:10] == [True] * 5 + [False] * 5
    assert flags.isna().tolist()[10:] == [True, True]
    assert reasons.tolist()[11] == "bad_flag" and reasons.notna().sum() == 1


AMOUNT_TEXT = st.one_of(
    st.decimals(-9999, 9999, places=2).map(str), st.text("0123456789.,-()$¥eE", max_size=8)
)


@settings(deadline=None)
@given(st.lists(st.tuples(AMOUNT_TEXT, st.sampled_from([0, 2, 3])), min_size=1, max_size=8))
def test_amounts_are_read_with_the_decimals_of_their_own_currency(
    cells: list[tuple[str, int]],
) -> None:
    index = pd.RangeIndex(3, 3 + len(cells))
    texts = pd.Series([text for text, _ in cells], index=index, dtype="str")
    places = pd.Series([count for _, count in cells], index=index)
    numbers, reasons = read_amount(texts, places, signed=True)
    assert numbers.index.equals(index) and reasons.index.equals(index)
    for row, (text, count) in zip(index, cells, strict=True):
        try:
            expected = parse_fixed(text, count) if text.strip() else None
        except NumberError as error:
            assert pd.isna(numbers[row]) and reasons[row] == error.reason
        else:
            assert (None if pd.isna(numbers[row]) else numbers[row]) == expected
            assert pd.isna(reasons[row])


def test_a_yen_store_and_a_yuan_store_in_one_file() -> None:
    rows = [{"total_amount": "1,200", "store_id": "S2"}, {"total_amount": "12.5"}]
    parsed = parse("orders", as_table(batch("orders", *rows)), CONTEXT)
    assert parsed.rows["total_minor"].tolist() == [1200, 1250] and parsed.faults.empty


def test_quantities_rates_and_unit_costs_have_their_own_scale() -> None:
    def first(entity: str, name: str) -> object:
        return parse(entity, as_table(batch(entity)), CONTEXT).rows[name][0]

    assert first("order_lines", "quantity_milli") == 1_500
    assert first("cost_rules", "rate_bps") == 1_800
    assert first("recipe_costs", "unit_cost_micro") == 325_000_000


def test_codes_do_not_mind_capitals_and_currencies_are_capital() -> None:
    rows = parse(
        "orders",
        as_table(batch("orders", {"channel": "Dine_In", "currency_code": "cny"})),
        CONTEXT,
    ).rows
    assert (rows["channel"][0], rows["currency_code"][0]) == ("dine_in", "CNY")


def test_r23_a_long_id_stays_text_with_its_zeros() -> None:
    rows = parse(
        "orders", as_table(batch("orders", {"order_id": " 0012345678901234567 "})), CONTEXT
    ).rows
    assert rows["order_id"][0] == "0012345678901234567"


def test_a_template_column_that_is_not_in_the_file_is_blank() -> None:
    frame = batch("orders").drop(columns=["tip_amount", "customer_ref"])
    rows = parse("orders", as_table(frame), CONTEXT).rows
    assert rows["tip_minor"].isna().all() and rows["customer_ref"].isna().all()
