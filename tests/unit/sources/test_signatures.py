"""A file is known by its columns: what it is named is only what somebody says it is."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter

from regulars.domain.errors import BadInput
from regulars.sources.discovery import discover
from regulars.sources.files import FileContents, FileRefused, Reason
from regulars.sources.layouts import load_layout
from regulars.sources.reading import read
from regulars.sources.signatures import all_signatures, check_slot, signatures_of

LINES = "order_id,store_id,line_no,item_id,item_name,category,quantity,gross_amount\n"
BOOK = """
describe: Books of the {name} platform. ‖ {name} 平台账单。
entities:
  settlements:
    files: [payout]
    header: [Booking No, Commission]
    columns:
      settlement_id: [Booking No]
      store_id: [Shop]
      amount: [Commission]
      payout_date: [Paid Out]
    constants: {{platform: {name}, fee_type: commission}}
"""
PAYOUT = "Booking No,Shop,Commission,Paid Out\nB1,S1,3.00,2025-01-10\n"


@pytest.fixture
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """A folder of layouts beside the canonical one, in place of the real folder."""
    folder = tmp_path / "layouts"
    folder.mkdir()
    canonical = load_layout("canonical")

    def add(name: str, text: str = BOOK) -> None:
        (folder / f"{name}.yaml").write_text(text.format(name=name), encoding="utf-8")

    monkeypatch.setattr(
        "regulars.sources.signatures.all_signatures",
        lambda: (*signatures_of(canonical), *all_signatures(folder)),
    )
    return add


def refused(act: Callable[[], FileContents]) -> FileRefused:
    with pytest.raises(FileRefused) as refusal:
        act()
    return refusal.value


def test_every_table_of_every_layout_has_a_signature_of_its_own():
    found = all_signatures()
    assert {"canonical", "restaurant_group"} <= {one.layout for one in found}
    assert all(one.required and one.known for one in found)
    assert len({(one.layout, one.table) for one in found}) == len(found)


def test_no_template_takes_the_file_of_another():
    """A file with all columns of a template is that template's, under whatever name it comes."""
    canonical = load_layout("canonical")
    for entity, rules in canonical.entities.items():
        headers = [names[0] for names in rules.columns.values()]
        check_slot("a.csv", canonical, entity, headers)
        for other in canonical.entities:
            if other != entity:
                with pytest.raises(FileRefused, match=rf"named {other}.* those of {entity}\b"):
                    check_slot("a.csv", canonical, other, headers)


def test_order_lines_that_would_pass_for_items_are_refused_by_name(read_one):
    """All that items need is there: the file is still another one."""
    refusal = refused(lambda: read_one("items.csv", LINES + "1,S1,1,D1,Duck,mains,1,10\n"))
    assert refusal.reason_code is Reason.WRONG_TEMPLATE
    assert "those of order_lines" in refusal.message
    assert refusal.next_move.startswith("name it order_lines")


def test_a_menu_with_costs_may_be_dropped_as_either(read_one):
    """Each of the two knows a column that the other does not: both may have it."""
    text = "item_id,item_name,unit_cost,valid_from\nD1,Duck,3.25,2025-01-01\n"
    assert read_one("items.csv", text).rows_read == 1


def test_a_platforms_payout_dropped_as_orders_is_called_what_it_is(read_one, shelf):
    shelf("courier")
    refusal = refused(lambda: read_one("orders.csv", PAYOUT))
    assert refusal.reason_code is Reason.WRONG_TEMPLATE
    assert "settlements of the layout courier (Books of the courier platform)" in refusal.message
    assert "whose layout is courier" in refusal.next_move


def test_a_file_that_fits_two_kinds_equally_is_refused_under_both_names(read_one, shelf):
    shelf("courier")
    shelf("rider")
    refusal = refused(lambda: read_one("orders.csv", PAYOUT))
    assert refusal.reason_code is Reason.AMBIGUOUS_FILE
    assert "courier" in refusal.message
    assert "rider" in refusal.message


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_without_the_expected_header_every_row_is_looked_at(
    ending: str, pos, folder: Path, shelf, tmp_path: Path
):
    """An order file in the slot of payouts, under a title line: it is found all the same."""
    shelf("courier")
    rows = [["Orders of the day"], ["order_id", "store_id", "closed_at", "channel", "status",
            "total_amount"], ["1", "S1", "2025-01-10 12:00", "dine_in", "paid", "10"]]  # fmt: skip
    path = folder / f"payout.{ending}"
    if ending == "csv":
        path.write_text("\n".join(",".join(row) for row in rows))
    else:
        book = xlsxwriter.Workbook(path)
        sheet = book.add_worksheet("payout")
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
        book.close()
    layouts = tmp_path / "layouts"
    source = pos.model_copy(update={"layout": "courier"})
    (dropped,) = discover(
        source, folder.parent, date(2025, 1, 1), date(2025, 1, 1), layouts=layouts
    ).files  # fmt: skip
    refusal = refused(lambda: read(dropped, load_layout("courier", layouts), source))
    assert refusal.reason_code is Reason.WRONG_TEMPLATE
    assert "those of orders" in refusal.message


def test_columns_that_nobody_knows_are_just_missing_columns(read_one):
    refusal = refused(lambda: read_one("orders.csv", "wine,cheese\n1,2\n"))
    assert refusal.reason_code is Reason.MISSING_COLUMN


def test_a_broken_layout_does_not_stop_the_files_of_the_others(read_one, shelf):
    shelf("broken", "describe: [")
    with pytest.raises(BadInput):
        load_layout("broken")
    assert read_one("items.csv", "item_id,item_name\nD1,Duck\n").rows_read == 1


def test_a_file_of_other_stores_only_is_refused_with_their_names(read_one):
    header = "order_id,store_id,closed_at,channel,status,total_amount\n"
    text = header + "1,S9,2025-01-10 12:00,dine_in,paid,1\n"
    refusal = refused(lambda: read_one("orders.csv", text, stores=("S1", "S2")))
    assert refusal.reason_code is Reason.WRONG_STORE
    assert refusal.message.endswith("its stores are S9")
