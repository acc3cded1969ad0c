"""SQL in the steps' Python keeps to the portable subset, and both servers can be told it."""

from pathlib import Path

import pytest

from regulars.engines.rendering import golden_text
from regulars.steps import sql_in_code
from regulars.steps.sql_in_code import lint_code, selects_in

STEPS = Path(sql_in_code.__file__).parent
SELECTS = list(selects_in(STEPS))
READABLE = [one for one in SELECTS if one.tree]


def test_nearly_every_select_in_the_steps_can_be_read_alone():
    in_pieces = sorted({one.file for one in SELECTS} - {one.file for one in READABLE})
    assert len(READABLE) > 80
    assert len(SELECTS) - len(READABLE) <= 4, in_pieces


@pytest.mark.parametrize("dialect", ["postgres", "spark"])
def test_every_select_in_the_steps_can_be_said_to_a_server(dialect: str):
    for select in READABLE:
        assert select.tree and golden_text(select.tree, dialect), f"{select.file}:{select.line}"


def test_a_select_that_is_not_portable_is_named_by_file_and_line(tmp_path: Path):
    (tmp_path / "one.py").write_text(
        "x = 1\n"
        "def read(warehouse, table):\n"
        "    warehouse.query(f'select round(a) as a from {table} where b = :b', b=1)\n"
        "    return warehouse.query('select a from fine')\n"
    )
    assert list(lint_code(tmp_path)) == [
        "one.py:3: round: engines round halves apart. Next: use floor on whole numbers"
    ]


def test_words_that_only_begin_like_a_select_are_no_sql(tmp_path: Path):
    (tmp_path / "one.py").write_text(
        "'select the newest file'\n'with care'\n'Select one thing from another, they said.'\n"
    )
    assert list(lint_code(tmp_path)) == []
