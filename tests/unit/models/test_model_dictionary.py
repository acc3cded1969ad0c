"""Every published column is described once, with its type, in two languages."""

from pathlib import Path

import pytest
from model_files import SELECT, WriteModel

from regulars.domain.errors import BadInput
from regulars.models import dictionary_errors, load_catalog, load_dictionary, read_model
from regulars.models.outputs import output_columns


def _dictionary(folder: Path, text: str) -> Path:
    path = folder / "dictionary.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_comment_holds_both_languages(tmp_path: Path):
    path = _dictionary(tmp_path, "order_id: {type: text, en: The check, zh: 单号}")
    meaning = load_dictionary(path)["order_id"]
    assert meaning.comment == "The check ‖ 单号"
    assert str(meaning.arrow_type) == "string"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a: {type: int, en: x, zh: y}", r"a\.type: Input should be"),
        ("a: {type: text, en: x}", r"a\.zh: Field required"),
        ("a: {type: text, en: x, zh: y, de: z}", r"a\.de: Extra inputs"),
        ("a: {type: text, en: x, zh: y}\na: {type: date, en: x, zh: y}", "a is given twice"),
        ("- a", "a mapping of sections"),
        ("a: [", "not valid YAML"),
    ],
)
def test_a_wrong_entry_is_named(tmp_path: Path, text: str, message: str):
    with pytest.raises(BadInput, match=rf"(?s)dictionary\.yaml: .*{message}"):
        load_dictionary(_dictionary(tmp_path, text))


def test_an_unknown_column_asks_for_its_meaning(tmp_path: Path):
    dictionary = load_dictionary(_dictionary(tmp_path, "a: {type: text, en: x, zh: y}"))
    with pytest.raises(BadInput, match="column b is not described"):
        dictionary["b"]


def test_published_columns_are_in_the_dictionary(write: WriteModel, tmp_path: Path):
    write("fct_orders", publish="true")
    write("int_orders", SELECT.replace("order_id", "hidden"))
    dictionary = load_dictionary(_dictionary(tmp_path, "other: {type: text, en: x, zh: y}"))
    assert dictionary_errors(load_catalog(tmp_path), dictionary) == [
        "fct_orders.sql: column order_id is not in dictionary.yaml"
    ]


@pytest.mark.parametrize(
    ("steps", "columns"),
    [
        ("final as (select a, b as c from raw_orders)", ("a", "c")),
        ("x as (select a from raw_orders), final as (select *, 1 as n from x)", ("a", "n")),
        (
            "x as (select a from raw_orders), y as (select b from raw_orders),"
            " final as (select y.*, x.a as z from x join y on true)",
            ("b", "z"),
        ),
        ("final as (select a from raw_orders union all select b from raw_orders)", ("a",)),
        ("final as (select * from (select a from raw_orders) as x)", ("a",)),
    ],
)
def test_output_columns_are_read_through_the_steps(
    write: WriteModel, steps: str, columns: tuple[str, ...]
):
    model = read_model(write("fct_orders", f"\nwith {steps} select * from final\n"))
    assert output_columns(model) == columns


def test_a_star_over_a_table_hides_its_columns(write: WriteModel):
    model = read_model(write("fct_orders", "\nselect * from raw_orders\n"))
    with pytest.raises(BadInput, match="a star over raw_orders"):
        output_columns(model)
