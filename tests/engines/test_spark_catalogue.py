"""A catalogue that lasts: a view that is as it should be is left alone, in any session."""

from typing import Any

import pytest

from regulars.engines.spark_catalogue import LastingCatalogue, describing, replacing

LOW = replacing("low", "select n\nfrom raw_sales")
SHOWN = describing("mart.`fct`", "select n from fct", "Facts", {"n": "It's ‖ 数"})
TABLE = "Catalog: c\nTable: raw_sales\nType: MANAGED\nProvider: delta\n"
VIEW = "Table: {}\nType: VIEW\nView Text: {}\nView Original Text: x\nTable Properties: [{}]\n"


class Server:
    """Tells of each schema what `show table extended` would, and counts how often."""

    def __init__(self) -> None:
        digest = SHOWN.partition("'regulars.made_of'='")[2][:64]
        self.asked = 0
        self.told = {
            "regulars": {
                "raw_sales": TABLE,
                "low": VIEW.format("low", "select n\nfrom raw_sales", "a=b"),
            },
            "mart": {
                "fct": VIEW.format(
                    "fct", "select n from fct", f"a=b, regulars.made_of={digest}, c=d"
                )
            },
        }

    def rows(self, statement: str, where: str) -> list[dict[str, Any]]:
        self.asked += 1
        (schema,) = (one for one in self.told if f"in `{one}` like" in statement)
        told = self.told[schema]
        return [{"tableName": name, "information": told[name]} for name in told]


@pytest.fixture
def server() -> Server:
    return Server()


@pytest.fixture
def catalogue(server: Server) -> LastingCatalogue:
    catalogue = LastingCatalogue(server.rows, "regulars")
    assert catalogue.relations() == {"raw_sales": "table", "low": "view"}
    return catalogue


def test_a_view_is_known_by_its_text(catalogue: LastingCatalogue):
    assert catalogue.text_of("low") == "select n\nfrom raw_sales"
    assert catalogue.is_made_by("low", LOW)
    assert not catalogue.is_made_by("low", replacing("low", "select 1 as n"))
    assert not catalogue.is_made_by("high", replacing("high", "select 1 as n"))


def test_a_described_view_is_known_by_the_digest_of_its_select_and_comments(
    server: Server, catalogue: LastingCatalogue
):
    assert catalogue.is_made_by("mart.fct", SHOWN)
    told_otherwise = describing("mart.`fct`", "select n from fct", "Facts", {"n": "Other"})
    assert not catalogue.is_made_by("mart.fct", told_otherwise)
    assert not catalogue.is_made_by("mart.other", SHOWN)
    assert server.asked == 2


def test_what_this_session_made_needs_no_asking(server: Server, catalogue: LastingCatalogue):
    changed = describing("mart.`fct`", "select 2 as n", "Facts", {"n": "It's ‖ 数"})
    catalogue.note("mart.fct", "view", changed)
    assert catalogue.is_made_by("mart.fct", changed)
    assert not catalogue.is_made_by("mart.fct", SHOWN)
    catalogue.forget("low")
    assert not catalogue.is_made_by("low", LOW)
    assert server.asked == 1
