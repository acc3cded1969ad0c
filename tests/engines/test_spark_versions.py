"""Parquet on Spark: which pieces a table has, when they become one, and when they may go."""

import re

import pytest

from regulars.engines.spark_versions import MOST_CONDITIONS, VersionedTables


class Server:
    """Runs nothing, and remembers what it was told to make, show and drop."""

    def __init__(self) -> None:
        self.made: list[str] = []
        self.dropped: list[str] = []
        self.view = ""

    def run(self, statement: str, where: str) -> None:
        if made := re.match(r"create table `(\w+)` using parquet as (.*)", statement, re.DOTALL):
            self.made.append(made[1])
            self.last_select = made[2]
        elif dropped := re.match(r"drop table `(\w+)`", statement):
            self.dropped.append(dropped[1])
        else:
            self.view = statement

    @property
    def shown(self) -> list[str]:
        return re.findall(r"from `(fct__\w+)`", self.view)


@pytest.fixture
def server() -> Server:
    return Server()


@pytest.fixture
def tables(server: Server) -> VersionedTables:
    return VersionedTables(server.run, lambda _: server.view.partition(" as ")[2])


def _day(tables: VersionedTables, number: int) -> None:
    tables.part("fct", f"select {number} as day", ["day"], "day", f"`day` = {number}")


def test_a_first_write_creates_the_view_and_later_ones_alter_it(
    server: Server, tables: VersionedTables
):
    tables.whole("fct", "select 1 as day", None)
    assert server.view.startswith("create view `fct` as select * from `fct__")
    tables.whole("fct", "select 2 as day", "table")
    assert server.view.startswith("alter view `fct` as select * from `fct__")


def test_pieces_go_when_neither_this_state_nor_the_one_before_reads_them(
    server: Server, tables: VersionedTables
):
    for was in (None, "table", "table", "table"):
        tables.whole("fct", "select 1 as day", was)
    first, second, third, fourth = server.made
    assert server.dropped == [first, second]
    assert server.shown == [fourth]
    assert len({first, second, third, fourth}) == 4


def test_a_written_part_costs_one_piece_and_leaves_its_rows_out_of_the_others(
    server: Server, tables: VersionedTables
):
    tables.whole("fct", "select 1 as day", None)
    _day(tables, 2)
    _day(tables, 3)
    oldest, second, third = server.view.partition(" as ")[2].split("\nunion all\n")
    assert server.shown == server.made
    assert re.findall(r"`day` = (\d)", oldest) == ["2", "3"]
    assert re.findall(r"`day` = (\d)", second) == ["3"]
    assert "`day`" not in third
    assert server.dropped == []


def test_when_the_oldest_was_cut_often_all_pieces_become_one(
    server: Server, tables: VersionedTables
):
    tables.whole("fct", "select 0 as day", None)
    for number in range(1, MOST_CONDITIONS + 1):
        _day(tables, number)
    pieces = list(server.made)
    assert len(server.shown) == MOST_CONDITIONS + 1
    _day(tables, 99)
    assert server.shown == [server.made[-1]]
    assert [piece for piece in pieces if f"`{piece}`" in server.last_select] == pieces
    assert server.dropped == []
    _day(tables, 100)
    assert server.dropped == sorted(pieces)


def test_rows_are_removed_without_a_new_piece(server: Server, tables: VersionedTables):
    tables.whole("fct", "select 1 as day", None)
    tables.delete("fct", "`day` in ('1')")
    assert len(server.made) == 1
    assert server.view.endswith("\nand case when `day` in ('1') then false else true end")


def test_another_session_reads_the_pieces_from_the_view(server: Server, tables: VersionedTables):
    tables.whole("fct", "select 1 as day", None)
    _day(tables, 2)
    orphan = "fct__00000000000000ff"
    relations = {"fct": "view", "seen": "view"} | dict.fromkeys([*server.made, orphan], "table")
    later = VersionedTables(server.run, lambda _: server.view.partition(" as ")[2])
    assert later.visible(relations) == {"fct": "table", "seen": "view"}
    _day(later, 3)
    assert server.shown == server.made
    assert server.dropped == [orphan]


def test_a_dropped_table_is_out_of_sight_before_its_pieces_go(
    server: Server, tables: VersionedTables
):
    tables.whole("fct", "select 1 as day", None)
    tables.drop("fct")
    assert server.view == "drop view `fct`"
    assert server.dropped == server.made
