import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from regulars.sources.item_text import (
    ItemCount,
    join_items,
    name_item_id,
    parse_items,
    share_amount,
)


def test_items_are_counted_by_name():
    assert parse_items("2 x Masala Fries, 1 x Lassi") == (
        ItemCount(2, "Masala Fries"),
        ItemCount(1, "Lassi"),
    )


def test_a_comma_inside_a_name_stays_in_it():
    text = "1 x Chicken, cheese and 2 x chilli (6 pcs), 3 x Rice, plain"
    assert [item.name for item in parse_items(text)] == [
        "Chicken, cheese and 2 x chilli (6 pcs)",
        "Rice, plain",
    ]


@pytest.mark.parametrize("text", ["", "Lassi", "0 x Lassi", "2 x ", "1 x Lassi, Rice x 2, "])
def test_what_does_not_come_back_is_not_read(text):
    try:
        items = parse_items(text)
    except ValueError:
        return
    assert join_items(items) == text


@pytest.mark.parametrize("text", ["", "Lassi", "0 x Lassi", "two x Lassi"])
def test_a_text_that_is_no_item_list_is_refused(text):
    with pytest.raises(ValueError, match="<number> x <name>"):
        parse_items(text)


def test_a_dish_has_one_id_per_brand_whatever_its_spelling():
    assert name_item_id("Aura Pizzas", "OG Cheese Burger .") == "aura_pizzas:og_cheese_burger"
    assert name_item_id("Aura Pizzas", "Og cheese-burger") == "aura_pizzas:og_cheese_burger"
    assert name_item_id("Aura Pizzas", "牛肉面") == "aura_pizzas:牛肉面"


def test_three_units_share_a_rupee_to_the_last_paisa():
    assert share_amount(100, [1, 1, 1]) == [33, 33, 34]
    assert share_amount(100, [2, 1]) == [66, 34]
    with pytest.raises(ValueError, match="no unit"):
        share_amount(100, [])


@settings(deadline=None)
@given(st.integers(0, 10**9), st.lists(st.integers(1, 50), min_size=1, max_size=30))
def test_sharing_loses_nothing_and_is_fair_to_one_paisa(amount, quantities):
    shares = share_amount(amount, quantities)
    units = sum(quantities)
    assert sum(shares) == amount
    for share, quantity in zip(shares, quantities, strict=True):
        assert abs(share * units - amount * quantity) < units
