"""Every reason the models can give has words in both languages, and its numbers are there."""

from string import Formatter

import pytest
from sqlglot import exp

from regulars.models import Catalog, load_catalog
from regulars.models.outputs import output_columns
from regulars.reports.assignment_reasons import (
    LIST_REASONS,
    REASONS,
    STAGE_REASONS,
    TIER_REASONS,
    reason_words,
)
from regulars.reports.segment_reasons import NEAR_REASONS, SEGMENT_REASONS
from regulars.reports.spoken_numbers import spoken
from regulars.steps.runtime import SQL_FOLDER

DECIDED = [
    ("snap_segment_reasons", "segment_reason_code", SEGMENT_REASONS),
    ("snap_segment_reasons", "near_reason_code", NEAR_REASONS),
    ("snap_customer_reasons", "tier_reason_code", TIER_REASONS),
    ("snap_customer_stages", "stage_reason_code", STAGE_REASONS),
    ("snap_customer_reasons", "list_reason_code", LIST_REASONS),
]
NAMED_BY_THE_STORY = {"tier_name", "tier_name_zh"}


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return load_catalog(SQL_FOLDER)


@pytest.mark.parametrize(("model", "column", "words"), DECIDED)
def test_the_model_and_the_vocabulary_know_the_same_reasons(
    catalog: Catalog, model: str, column: str, words: dict[str, tuple[str, str]]
):
    (case,) = (alias.this for alias in catalog[model].tree.find_all(exp.Alias)
               if alias.alias == column and isinstance(alias.this, exp.Case))  # fmt: skip
    given = [branch.args["true"] for branch in case.args["ifs"]] + [case.args.get("default")]
    assert {one.this for one in given if isinstance(one, exp.Literal)} == set(words)


@pytest.mark.parametrize("code", REASONS)
def test_both_languages_name_numbers_that_the_row_or_the_thresholds_have(
    catalog: Catalog, code: str
):
    columns = {name for model in ("snap_customer_reasons", "snap_judgement_rules")
               for name in output_columns(catalog[model])}  # fmt: skip
    known = set(spoken(dict.fromkeys(columns, 0))) | NAMED_BY_THE_STORY
    english, chinese = ({name for _, name, _, _ in Formatter().parse(text) if name}
                        for text in REASONS[code])  # fmt: skip
    assert english <= known
    assert chinese <= known
    assert {name.removesuffix("_zh") for name in chinese} <= english


def test_a_sentence_says_the_numbers_of_its_row():
    row = {"silent_days": 41, "overdue_ratio": 2.0512, "expected_gap_days": 19.99,
           "slowing_ratio": 1.5, "currency_code": "CNY"}  # fmt: skip
    assert reason_words("slowing", row) == (
        "Slower than usual: 41 days, 2.05 times the usual 19.99; slowing from 1.5 times on.",
        "节奏放缓：已 41 天，为通常间隔 19.99 天的 2.05 倍；达 1.5 倍即为放缓。",
    )


def test_a_number_is_cut_and_never_rounded_up_to_the_threshold_it_missed():
    said = spoken({"overdue_ratio": 1.4999999, "spend_drift": -0.001, "lapsed_ratio": 4.0,
                   "potential_minor": 12345, "reachable_bps": 2000, "age_days": None,
                   "visit_count": 1200, "currency_code": "CNY"})  # fmt: skip
    assert said["overdue_ratio"] == "1.49"
    assert (said["spend_drift"], said["lapsed_ratio"]) == ("0", "4")
    assert (said["potential_amount"], said["reachable_share"]) == ("CNY 123.45", "20.0 %")
    assert (said["age_days"], said["visit_count"]) == ("–", "1,200")


def test_a_code_without_words_is_an_error_and_no_blank():
    with pytest.raises(KeyError):
        reason_words("made_up", {})
