"""Every family of bad files, dropped together: each file gets its own answer, and none stops a run.

The families are functions in `bad_wholes`, `bad_shapes`, `bad_cells` and `bad_meanings`.
"""

import logging
import re
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import bad_cells
import bad_meanings
import bad_shapes
import bad_wholes
import pyarrow.parquet as pq
import pytest
import yaml
from bad_file import FAMILIES, GUEST, BadFile

from regulars.checks.context import CheckContext, StoreRules
from regulars.checks.suites import suite_of
from regulars.domain.business_day import parse_cutoff
from regulars.domain.records import RECORDS
from regulars.policy import SourcePolicy
from regulars.settings import PROJECT
from regulars.sources.check_notes import FileChecks, read_checks
from regulars.sources.discovery import discover
from regulars.sources.files import Reason, RefusedFile
from regulars.sources.landing import FileReceipt
from regulars.sources.layouts import LAYOUTS, load_layout
from regulars.sources.signatures import all_signatures
from regulars.steps import landing_files
from regulars.steps.runtime import Run, start

PLACES = Path(__file__).parent / "layouts"
FIRST, LAST = date(2025, 1, 10), date(2025, 1, 10)
MODULES = (bad_wholes, bad_shapes, bad_cells, bad_meanings)
FILES = [(name, at, one) for name, make in FAMILIES.items() for at, one in enumerate(make())]
IDS = [f"{name}-{at}" for name, at, _ in FILES]
PLAIN = {"time_zone": "Asia/Shanghai", "currency_code": "CNY"}
STORES = [
    {"store_id": "S1", "store_name": "One", **PLAIN},
    {"store_id": "S2", "store_name": "Two", "cutoff": "00:00", **PLAIN},
    {"store_id": "S3", "store_name": "Three", "time_zone": "America/New_York",
     "currency_code": "USD"},
]  # fmt: skip


SOURCES = ("till", "counter", "solo", "gate", "group", "gone1", "gone2", "gone3", "gone4")


@dataclass
class Answers:
    """What was answered to every file: its receipt, or the note on why it was never taken up."""

    landing: Path
    receipts: dict[tuple[str, str], FileReceipt] = field(default_factory=dict)
    notes: dict[tuple[str, str], RefusedFile] = field(default_factory=dict)
    log: list[str] = field(default_factory=list)

    def checks(self, source: str, name: str) -> FileChecks:
        receipt = self.receipts[source, name]
        (found,) = read_checks(self.landing, source, [(name, receipt.sha256)])
        return found


def own_name(name: str, family: str, at: int) -> str:
    """A name that no file of another family has, where the name leaves room for it."""
    return name.replace("__", f"__{family}{at}_", 1)


def policy_of(names: Iterable[str]) -> dict[str, Any]:
    extra: dict[str, dict[str, Any]] = {
        "solo": {"stores": ["S1"]}, "gate": {"done_marker": ".done"},
        "counter": {"layout": "counter"}, "group": {"layout": "restaurant_group"},
    }  # fmt: skip
    return {
        "name": "families", "valid_from": date(2020, 1, 1), "stores": STORES,
        "group": {"name": "Families", "name_zh": "家族", "currency_code": "CNY"},
        "sources": [{"name": name, "folder": name, **PLAIN, **extra.get(name, {})}
                    for name in names],
    }  # fmt: skip


def answer_all(root: Path, layouts: Path) -> Answers:
    """Drop every file, see them all, let happen what happens, and take them up."""
    (root / "policy").mkdir()
    text = yaml.safe_dump(policy_of(SOURCES), allow_unicode=True)
    (root / "policy" / "2020-01-01.yaml").write_text(text, encoding="utf-8")
    run = start(LAST.isoformat())
    for name in SOURCES:
        (root / "drop" / name).mkdir(parents=True)
    for family, at, one in FILES:
        path = root / "drop" / one.source / own_name(one.name, family, at)
        assert not path.exists(), path.name
        one.before(path, one.data)
    answers = Answers(run.settings.landing_folder)
    for name in SOURCES:
        answer_source(run, run.policy.source(name), layouts, answers)
    return answers


def answer_source(run: Run, source: SourcePolicy, layouts: Path, answers: Answers) -> None:
    found = discover(source, run.settings.drop_folder, FIRST, LAST, layouts=layouts)
    for family, at, one in FILES:
        if one.source == source.name:
            one.after(run.settings.drop_folder / source.name / own_name(one.name, family, at))
    landing_files.refuse(run, source.name, found.refused)
    receipts = landing_files.land_files(run, source, list(found.files))
    answers.receipts |= {(source.name, one.file_name): one for one in receipts}
    answers.notes |= {(source.name, one.file): one for one in found.refused}


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Answers]:
    """All files of all families, dropped, taken up and answered."""
    root = tmp_path_factory.mktemp("families")
    layouts = Path(shutil.copytree(LAYOUTS, root / "layouts"))
    for path in PLACES.iterdir():
        shutil.copy(path, layouts)
    told: list[str] = []
    handler = logging.Handler()
    handler.emit = lambda record: told.append(record.getMessage())  # type: ignore[method-assign]
    with pytest.MonkeyPatch.context() as patch:
        for name, place in (("HOME", "home"), ("DROP", "drop"), ("POLICY", "policy")):
            patch.setenv(f"REGULARS_{name}", str(root / place))
        patch.setenv("REGULARS_IDENTITY_KEY", "a key for tests, never a real one")
        # Every way to a layout leads to this folder.
        patch.setattr(load_layout, "__defaults__", (layouts,))
        patch.setattr(all_signatures, "__defaults__", (layouts,))
        log = logging.getLogger("regulars")
        patch.setattr(log, "handlers", [handler])
        patch.setattr(log, "level", logging.INFO)
        log._cache.clear()
        answers = answer_all(root, layouts)
    answers.log = told
    yield answers


@pytest.mark.parametrize(("family", "at", "one"), FILES, ids=IDS)
def test_a_bad_file_gets_its_answer(answers: Answers, family: str, at: int, one: BadFile):
    name = own_name(one.name, family, at)
    key = (one.source, one.source if one.name == one.source else name)
    if one.kind == "left alone":
        assert key not in answers.receipts
        assert key not in answers.notes
        return
    if one.kind == "refused":
        assert told_of(answers, key) == (one.reason, True, True)
        return
    receipt = answers.receipts[key]
    assert receipt.status == "accepted", receipt.message
    rows = receipt.rows
    assert (rows.read, rows.loaded, rows.quarantined, rows.duplicate, rows.summary,
            rows.out_of_scope) == one.counts  # fmt: skip
    if one.kind == "set aside":
        aside = {told.reason: told for told in answers.checks(*key).entities[0].set_aside}
        assert one.reason in aside
        assert aside[one.reason].examples[0] == one.row
    if one.kind == "warned":
        met = {told.reason: told for told in answers.checks(*key).entities[0].expectations}
        assert (met[one.reason].severity, met[one.reason].failures) == ("warn", 1)
        assert met[one.reason].examples == (one.row,)
    if one.kind == "told":
        assert one.reason in {finding.code.value for finding in receipt.findings}
    if one.cells and one.cells[1] is not None:
        landed = pq.read_table(answers.landing / str(receipt.entities[0].landed_file))
        assert landed[one.cells[0]].to_pylist() == list(one.cells[1])


def told_of(answers: Answers, key: tuple[str, str]) -> tuple[str, bool, bool]:
    """The reason a file is refused for, and whether it is told what and what to do."""
    if note := answers.notes.get(key):
        return note.reason_code.value, bool(note.message), bool(note.next_move)
    receipt = answers.receipts[key]
    assert receipt.rows.read == 0
    return receipt.reason_code, bool(receipt.message), bool(receipt.next_move)


def test_the_table_for_people_says_the_same():
    """Where docs/howto/when_files_are_refused.md differs, the lines it should have are shown."""
    page = (PROJECT / "docs" / "howto" / "when_files_are_refused.md").read_text(encoding="utf-8")
    start, end = page.index("| family |"), page.index("\n\n", page.index("| family |"))
    assert page[start:end] == families_table()


def families_table() -> str:
    """Every family, what is wrong with its files, and what is answered."""
    lines = ["| family | what is wrong | answer |", "|---|---|---|"]
    for module in MODULES:
        for name, make in FAMILIES.items():
            if make.__module__ == module.__name__:
                found = [answer_of(one) for family, _, one in FILES if family == name]
                what, said = " ".join((make.__doc__ or "").split()), "; ".join(dict.fromkeys(found))
                lines.append(f"| {name.replace('_', ' ')} | {what} | {said} |")
    return "\n".join(lines)


def answer_of(one: BadFile) -> str:
    """What happens, and the reason code without the column it is about."""
    code = one.reason.split(":")[0]
    return f"{one.kind}: `{code}`" if code else one.kind


def test_there_are_thirty_families_of_four_at_least():
    assert len(FAMILIES) >= 30
    assert len(FILES) >= 120
    assert {at for _, at, _ in FILES} == {0, 1, 2, 3}
    assert len(FILES) == 4 * len(FAMILIES)


def test_every_file_is_accounted_for_row_by_row(answers: Answers):
    """I5, on every file: what was read is loaded, set aside, repeated, a total or out of scope."""
    taken = [one for one in answers.receipts.values() if one.status == "accepted"]
    assert len(taken) > 60
    for receipt in taken:
        for one in receipt.entities:
            landed = pq.read_metadata(answers.landing / str(one.landed_file)).num_rows
            assert landed == one.rows.loaded, receipt.file_name
        rows = receipt.rows
        assert rows.read == rows.loaded + rows.quarantined + rows.duplicate + rows.summary + (
            rows.out_of_scope
        )  # fmt: skip


def test_nothing_personal_is_said_anywhere(answers: Answers):
    """Receipts, notes, checks and the log name files, rows and codes; the guest is in none."""
    home = answers.landing.parent
    written = [path for path in home.rglob("*.json") if path.is_file()]
    assert len(written) > 150
    assert not any(GUEST.encode() in path.read_bytes() for path in written)
    assert answers.log
    assert not any(GUEST in line for line in answers.log)


def test_nothing_is_written_outside_the_home(answers: Answers):
    root = answers.landing.parent.parent
    assert {path.name for path in root.iterdir()} == {"drop", "home", "layouts", "policy"}
    assert not any("evil" in path.name for path in root.rglob("*"))


def test_every_reason_for_a_file_or_a_row_is_met_by_some_family():
    """Reasons that only readers and their helpmates give are met in their own tests."""
    code = [path.read_text("utf-8") for path in modules_below("steps/landing_files.py")]
    used = {name for text in code for name in re.findall(r"Reason\.([A-Z_0-9]+)", text)}
    assert len(used) > 20
    wanted = {Reason[name].value for name in used} - {Reason.OUT_OF_SCOPE.value}
    assert wanted - {one.reason for _, _, one in FILES} == set()


def modules_below(start: str) -> set[Path]:
    """A module of the product and all that it imports; readers are called by name, not imported."""
    product = PROJECT / "plugins" / "regulars"
    found, seen = [product / start], set[Path]()
    while found:
        path = found.pop()
        if path.is_file() and path not in seen:
            seen.add(path)
            names = re.findall(r"from regulars\.([\w.]+) import", path.read_text("utf-8"))
            found += [product / f"{name.replace('.', '/')}.py" for name in names]
    return seen


def test_every_expectation_is_met_by_some_family():
    shanghai = StoreRules("Asia/Shanghai", parse_cutoff("04:00"), "CNY")
    context = CheckContext(
        source_name="till", defaults=shanghai, stores={"S1": shanghai}, pseudonymise=str,
        key_accounts=str, find_company_emails=str, hash_identifiers=str, last_day=LAST,
    )  # fmt: skip
    kinds = {
        expectation.meta["reason"].split(":")[0]
        for entity in RECORDS
        for expectation in suite_of(entity, context).expectations
    }
    assert kinds - {one.reason.split(":")[0] for _, _, one in FILES} == set()
