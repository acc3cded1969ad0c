from pathlib import Path

import pytest

from regulars.domain.errors import BadInput
from regulars.domain.records import RECORDS, fields_of
from regulars.sources.layouts import Layout, load_layout

SQUARE_LIKE = """
describe: Items of another system.
entities:
  items:
    files: ["dish list*"]
    header: [Dish No, Dish]
    summary_markers: [合计]
    date_formats: ["%d/%m/%Y"]
    columns:
      item_id: [Dish No]
      item_name: [Dish, 菜名]
    constants: {category: food}
"""


def write(tmp_path: Path, text: str, name: str = "other") -> Path:
    (tmp_path / f"{name}.yaml").write_text(text)
    return tmp_path


def test_the_canonical_layout_has_every_column_of_every_template():
    layout = load_layout("canonical")
    assert list(layout.entities) == list(RECORDS)
    for entity, rules in layout.entities.items():
        assert list(rules.columns) == [field.name for field in fields_of(entity)]


def test_a_layout_file_maps_headers_to_columns(tmp_path):
    layout = load_layout("other", write(tmp_path, SQUARE_LIKE))
    assert layout.owners_of("dish list 3") == ("items",)
    assert layout.owners_of("orders") == ()


def test_every_shipped_layout_loads():
    for name in ("canonical", "restaurant_group"):
        assert isinstance(load_layout(name), Layout)


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("item_name: [Dish, 菜名]", "", "needs the column"),
        ("item_name: [Dish, 菜名]", "dish_name: [Dish]", "has no column"),
        ("[Dish, 菜名]", "[Dish, DISH_NO]", "two columns claim"),
        ("  items:", "  dishes:", "no template"),
        ("    header:", "    headers:", "headers"),
        ("entities:", "reader: magic\nentities:", "reader"),
        ("constants:", "codes: {item_price: {a: b}}\n    constants:", "has codes for"),
        ("entities:", "tables: {x: {files: [x], reader: y, makes: []}}\nentities:", "no reader"),
    ],
)
def test_a_layout_that_contradicts_the_templates_is_refused(tmp_path, old, new, complaint):
    text = SQUARE_LIKE.replace(old, new)
    assert text != SQUARE_LIKE
    with pytest.raises(BadInput, match=complaint):
        load_layout("other", write(tmp_path, text))


def test_an_unknown_layout_names_those_there_are():
    with pytest.raises(BadInput, match="canonical, restaurant_group"):
        load_layout("nothing")
