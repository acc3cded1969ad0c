"""What holds for every model there is: its style, its types, its keys, both engines."""

from datetime import date
from typing import Any

import pytest
import sqlglot
from kitchen import DAY, Kitchen

from regulars.engines.rendering import render
from regulars.models import Model, ModelKind, contract_errors, load_catalog
from regulars.models.outputs import output_columns
from regulars.steps.documents import lint_models
from regulars.steps.parameters import model_params
from regulars.steps.resolving import WORK
from regulars.steps.runtime import SQL_FOLDER

MODELS = load_catalog(SQL_FOLDER).models
TABLES = [model for model in MODELS if model.kind is not ModelKind.AUDIT]
KEYED = [one for one in TABLES if one.unique and one.name not in WORK]
PUBLISHED = [model for model in MODELS if model.publish]
_AS_NAME = {"ids": lambda model: model.name}


def _params(kitchen: Kitchen, model: Model) -> dict[str, Any]:
    given = {**model_params(kitchen.run), "first_date": DAY, "last_date": date(2025, 3, 9)}
    return {name: given[name] for name in model.params}


def test_no_model_breaks_a_rule_of_style_and_every_published_column_is_described():
    assert lint_models() == []


@pytest.mark.parametrize("model", PUBLISHED, **_AS_NAME)
def test_a_published_table_has_the_types_that_the_dictionary_promises(town: Kitchen, model: Model):
    assert contract_errors(town.warehouse, model, town.run.dictionary) == []


@pytest.mark.parametrize("model", PUBLISHED, **_AS_NAME)
def test_a_published_table_has_just_the_columns_its_text_names(town: Kitchen, model: Model):
    found = town.warehouse.query(f"select * from {model.name} limit 0").column_names
    assert tuple(found) == output_columns(model)


@pytest.mark.parametrize("model", KEYED, **_AS_NAME)
def test_what_is_said_to_be_unique_is_unique_and_never_blank(town: Kitchen, model: Model):
    keys = ", ".join(model.unique)
    twice = town.taste(f"select {keys} from {model.name} group by {keys} having count(*) > 1")
    blank = " or ".join(f"{key} is null" for key in model.unique)
    assert twice == []
    assert town.taste(f"select {keys} from {model.name} where {blank}") == []


@pytest.mark.parametrize("model", MODELS, **_AS_NAME)
def test_every_model_can_be_said_to_postgres(town: Kitchen, model: Model):
    said = render(model.sql, "postgres", _params(town, model))
    (tree,) = sqlglot.parse(said, read="postgres")
    assert not list(tree.find_all(sqlglot.exp.Placeholder))


@pytest.mark.parametrize("model", PUBLISHED, **_AS_NAME)
def test_a_published_table_says_what_one_row_is_and_what_makes_it_one(model: Model):
    assert model.unique and set(model.unique) <= set(output_columns(model))
    assert "‖" in model.describe


def test_amounts_stand_beside_their_currency():
    for model in PUBLISHED:
        columns = output_columns(model)
        if any(name.endswith("_minor") for name in columns):
            assert "currency_code" in columns, model.name


def test_the_town_is_rich_enough_to_prove_something(town: Kitchen):
    """Unfairness takes thirty guests a group, a call a business that slows: told elsewhere."""
    rooms, elsewhere = ("snapshots", "actions"), {"act_unfair_lists", "fct_account_calls"}
    judged = [one.name for one in TABLES
              if one.path.parent.name in rooms and one.name not in elsewhere]  # fmt: skip
    assert [name for name in judged if not town.taste(f"select 1 from {name} limit 1")] == []
