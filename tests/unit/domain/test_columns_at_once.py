import pytest

from regulars.domain.columns_at_once import each_column


def test_the_columns_come_back_in_their_order():
    assert each_column(len, ["a", "bb", "", "dddd"]) == [1, 2, 0, 4]


def test_a_column_that_cannot_be_worked_on_is_not_lost_among_the_others():
    with pytest.raises(ValueError, match="'x'"):
        each_column(int, ["1", "x", "3"])
