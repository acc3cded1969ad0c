"""The list as CSV for people who open it in a Chinese Excel: never for machines.

UTF-8 with a byte-order mark and CRLF, or Excel reads it as GBK. Nothing in it can act as a
formula, and no number of many digits is cut: such cells get a leading apostrophe.
"""

import csv
import io
import re
from collections.abc import Mapping, Sequence
from typing import Any

from regulars.sinks.list_sheet import PEOPLE_COLUMNS, PEOPLE_HEADERS
from regulars.sinks.manifest import ExportFile
from regulars.sinks.sheet_styles import plain_text

_ACTS = re.compile(r"^\s*[=+\-@＝＋－＠|%]")
_LONG_NUMBER = re.compile(r"^[0-9]{12,}$")


def excel_csv_file(rows: Sequence[Mapping[str, Any]]) -> ExportFile:
    """The rows with the headers of the workbook, each cell a harmless text."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(PEOPLE_HEADERS)
    for row in rows:
        writer.writerow([harmless(column.read(row)) for column in PEOPLE_COLUMNS])
    return ExportFile(text.getvalue().encode("utf-8-sig"), len(rows), PEOPLE_HEADERS)


def harmless(value: object) -> str:
    """A value as a text that a spreadsheet shows and does not run, shorten or reckon with."""
    text = plain_text(None if value is None else str(value)).replace("\n", " / ")
    return f"'{text}" if _ACTS.match(text) or _LONG_NUMBER.match(text) else text
