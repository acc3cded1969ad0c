"""What the SQL models can say and what we have words for are the same: drift fails here."""

import pytest
from sqlglot import exp

from regulars.actions.exception_words import EXCEPTIONS
from regulars.actions.reasons import REASONS
from regulars.actions.vocabulary import ACTIONS, ActionList, Rung
from regulars.models import Catalog, load_catalog
from regulars.reports.wording import GUARDRAILS
from regulars.sinks.wording import GUARDRAIL_WORDS
from regulars.steps.runtime import SQL_FOLDER


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return load_catalog(SQL_FOLDER)


def _results(catalog: Catalog, model: str, column: str) -> set[str]:
    """Every text that a CASE of a model's column can give."""
    cases = [alias.this for alias in catalog[model].tree.find_all(exp.Alias)
             if alias.alias == column and isinstance(alias.this, exp.Case)]  # fmt: skip
    assert cases, f"{model} decides no {column}"
    given = [branch.args["true"] for case in cases for branch in case.args["ifs"]]
    given += [case.args.get("default") for case in cases]
    return {one.this for one in given if isinstance(one, exp.Literal)}


def test_every_rung_the_sql_can_choose_is_in_the_vocabulary_and_none_is_forgotten(
    catalog: Catalog,
):
    """Suited rungs and levers are named in the text; each has a code wherever it can come up."""
    said = {one.this for name in ("act_prices", "act_levers")
            for one in catalog[name].tree.find_all(exp.Literal) if one.is_string}  # fmt: skip
    assert {rung.value for rung in Rung} <= said
    assert {action.rung for action in ACTIONS.values()} == set(Rung)


def test_every_reason_the_sql_can_give_has_words_and_every_word_is_used(catalog: Catalog):
    given = {code for place in (1, 2, 3)
             for code in _results(catalog, "fct_actions", f"reason_{place}_code")}  # fmt: skip
    assert given == set(REASONS)


def test_every_list_the_sql_can_choose_is_one_of_the_four(catalog: Catalog):
    assert _results(catalog, "snap_customer_segments", "list_name") == {
        one.value for one in ActionList
    }


def test_every_exception_the_sql_can_raise_has_words_and_none_is_forgotten(catalog: Catalog):
    models = [one for one in catalog.in_room("actions") if "exception_code" in one.sql]
    heads = [select.expressions[0] for one in models for select in one.tree.find_all(exp.Select)]
    given = [one.this if isinstance(one, exp.Alias) else one for one in heads]
    assert {one.this for one in given if isinstance(one, exp.Literal)} == set(EXCEPTIONS)


def test_every_guardrail_the_sql_can_raise_has_words_in_both_languages(catalog: Catalog):
    raised = _results(catalog, "act_listed", "wish_or_rule")
    raised |= _results(catalog, "act_plans", "guardrail") | {"duplicate_contact", "expired_offer"}
    assert raised <= set(GUARDRAIL_WORDS)
    assert set(GUARDRAILS) == set(GUARDRAIL_WORDS), "the page and the workbook know the same"
