"""The workbook a marketer opens in the morning: the list, and a sheet that explains it."""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

import xlsxwriter

from regulars.sinks.list_sheet import PEOPLE_HEADERS, write_list_sheet
from regulars.sinks.manifest import ExportFile, ExportStamp, ListState
from regulars.sinks.readme_sheet import ReadMe, write_readme_sheet
from regulars.sinks.sheet_styles import add_styles
from regulars.sinks.wording import LIST_WORDS

PEOPLE_ROWS = 50_000
"""More rows than people can work down; a longer list is whole in its machine file."""

INERT = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


@dataclass(frozen=True)
class PeopleList:
    """A list for people: action rows with `offer_amount` text, counts left out, what changed."""

    name: str
    rows: Sequence[Mapping[str, Any]]
    suppressed: Mapping[str, int]
    state: ListState


def workbook_file(people: PeopleList, stamp: ExportStamp) -> ExportFile:
    """The list as XLSX. Every text is a text cell, so nothing in it can be a formula.

    The creation time in the file is the business date, so the same list is the same bytes.
    """
    words = LIST_WORDS[people.name]
    shown = people.rows[:PEOPLE_ROWS]
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, INERT) as book:
        book.set_properties(
            {
                "title": f"{words.title} ‖ {words.title_zh} {stamp.business_date}",
                "author": "Regulars",
                "created": datetime.combine(stamp.business_date, time()),
            }
        )
        styles = add_styles(book, words.colour, {row["currency_code"] for row in shown})
        write_list_sheet(book.add_worksheet(f"{words.title} ‖ {words.title_zh}"), shown, styles)
        readme = ReadMe(words, len(shown), people.state, people.suppressed)
        write_readme_sheet(book.add_worksheet("Read me ‖ 说明"), readme, stamp, styles)
    return ExportFile(content.getvalue(), len(shown), PEOPLE_HEADERS)
