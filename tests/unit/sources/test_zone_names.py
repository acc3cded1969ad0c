"""Time zones as exports write them."""

from zoneinfo import ZoneInfo

import pytest

from regulars.sources import zone_names
from regulars.sources.zone_names import zone_named


@pytest.mark.parametrize(
    ("written", "known"),
    [
        ("Eastern Time (US & Canada)", "America/New_York"),
        ("pacific time (us & canada)", "America/Los_Angeles"),
        ("EDT", "America/New_York"),
        (" London ", "Europe/London"),
        ("Asia/Shanghai", "Asia/Shanghai"),
    ],
)
def test_a_zone_is_known_by_what_people_call_it(written, known):
    assert zone_named(written) == known


@pytest.mark.parametrize("written", ["", "Middle Earth", "GMT+25", "../../etc"])
def test_a_zone_that_nobody_knows_is_refused(written):
    with pytest.raises(ValueError, match="unknown time zone"):
        zone_named(written)


def test_every_name_in_the_list_is_a_real_zone():
    for name in {*zone_names._BY_NAME.values(), *zone_names._BY_LETTERS.values()}:
        assert ZoneInfo(name).key == name
