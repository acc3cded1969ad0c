"""The files of one tool for one list: who is on it, who left it, how many stayed out and why."""

import csv
import io
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from regulars.domain.errors import BadInput
from regulars.sinks.inspection import says_private_words
from regulars.sinks.machine_files import csv_file
from regulars.sinks.manifest import ExportFile
from regulars.sinks.profiles.cells import read_cell
from regulars.sinks.profiles.definition import AUDIENCES, ProfileDefinition
from regulars.sinks.profiles.people import Asking, Person, Setup

Cells = dict[str, str]
NO_CONSENT, NO_PROOF, NO_ADDRESS, TWICE, OTHER_CHANNEL = (
    "no_consent", "no_consent_source", "no_usable_address", "duplicate_contact", "other_channel"
)  # fmt: skip


def upload_rows(
    profile: ProfileDefinition, list_name: str, people: Iterable[Person], setup: Setup
) -> tuple[list[Cells], Counter[str]]:
    """The rows for the tool in order of priority, and why others on the list are not among them."""
    rows: dict[tuple[str, ...], Cells] = {}
    left_out: Counter[str] = Counter()
    seen: set[tuple[str, str]] = set()
    members = (one for one in people if one.is_today or profile.members == "running")
    for person in sorted(
        members, key=lambda one: (not one.is_today, one.priority, one.customer_key)
    ):
        asking = Asking(person, AUDIENCES[list_name], profile.words, setup)
        if why := _refusal(profile, person, setup):
            left_out[why] += 1
            continue
        cells = {column.header: read_cell(column, asking) for column in profile.columns}
        marks = {(name, cells[name]) for name in profile.identity if cells[name]}
        if not marks:
            left_out[NO_ADDRESS] += 1
        elif marks & seen:
            left_out[TWICE] += 1
        else:
            seen |= marks
            rows[_identity(profile, cells)] = cells
    return list(rows.values()), left_out


def removal_rows(
    profile: ProfileDefinition, before: Sequence[Cells], after: Sequence[Cells]
) -> list[Cells]:
    """The rows that were uploaded before and are not any more, as the tool wants to be told."""
    remaining = {_identity(profile, cells) for cells in after}
    gone = [cells for cells in before if _identity(profile, cells) not in remaining]
    return [_swapped(profile, cells) for cells in gone]


def upload_file(profile: ProfileDefinition, rows: Sequence[Cells]) -> ExportFile:
    """The rows as a file. Raises BadInput when it is larger than the tool takes."""
    return _file(profile, profile.headers, rows)


def removal_file(profile: ProfileDefinition, rows: Sequence[Cells]) -> ExportFile:
    """The rows to be taken off, with the columns that removing needs."""
    return _file(profile, profile.remove, rows)


def read_rows(profile: ProfileDefinition, content: bytes) -> list[Cells]:
    """The rows of a file that was written here."""
    text = content.decode()
    if profile.format == "csv":
        return list(csv.DictReader(io.StringIO(text, newline="")))
    return [
        {name: value[0] if isinstance(value, list) and value else value or ""
         for name, value in json.loads(line).items()}
        for line in text.splitlines()
    ]  # fmt: skip


def _refusal(profile: ProfileDefinition, person: Person, setup: Setup) -> str:
    """Why a person may not be told to this tool at all; blank where he may."""
    granted = [c for name in profile.consent if (c := person.consent(name)).status == "granted"]
    if not granted:
        return NO_CONSENT
    if profile.needs_consent_source and not any(consent.source for consent in granted):
        return NO_PROOF
    is_message = profile.consent != ("ads",)
    if is_message and setup.only_chosen_channel and person.contact_channel not in profile.consent:
        return OTHER_CHANNEL
    return ""


def _identity(profile: ProfileDefinition, cells: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(cells[name] for name in profile.identity)


def _swapped(profile: ProfileDefinition, cells: Cells) -> Cells:
    """A removal: what was given is taken, where a tool tells the two apart by columns."""
    if not profile.swap_on_removal:
        return cells
    one, other = profile.swap_on_removal
    return {**cells, one: cells[other], other: cells[one]}


def _file(
    profile: ProfileDefinition, headers: tuple[str, ...], rows: Sequence[Cells]
) -> ExportFile:
    if profile.format == "csv":
        made = csv_file(headers, rows)
    else:
        lists = {column.header for column in profile.columns if column.is_list}
        lines = [
            json.dumps({name: _as_list(row[name]) if name in lists else row[name]
                        for name in headers}, ensure_ascii=False, separators=(",", ":"))
            for row in rows
        ]  # fmt: skip
        made = ExportFile("".join(f"{line}\n" for line in lines).encode(), len(rows), headers)
    if len(made.content) > profile.max_bytes:
        raise BadInput(
            f"the file for {profile.title} has more than {profile.max_bytes:,} bytes",
            next_move="narrow the lists, or take the profile out of the policy",
        )
    if says_private_words(made.content.decode()):
        raise BadInput(
            f"the file for {profile.title} holds a word that must stay inside",
            next_move="correct the names in include/profiles and in the policy",
        )
    return made


def _as_list(value: str) -> list[str]:
    return [value] if value else []
