"""A home of its own for a story: its policy, its drop folder, and what the landing step made."""

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest
import yaml

from acceptance.families import wrong_files
from acceptance.stories import SourceStory
from regulars.domain.money import decimal_text, exponent_of
from regulars.sources.discovery import discover
from regulars.sources.files import Discovery
from regulars.sources.landing import FileReceipt, read_receipts
from regulars.sources.layouts import load_layout
from regulars.sources.reading import read


@dataclass(frozen=True)
class Home:
    """Where a story is played: everything it reads and everything it leaves behind."""

    root: Path
    story: SourceStory
    environment: Mapping[str, str] = field(default_factory=dict)

    @property
    def drop(self) -> Path:
        """The drop folder."""
        return self.root / "drop"

    @property
    def folder(self) -> Path:
        """The source's own folder in it."""
        return self.drop / self.story.source.folder

    @property
    def landing(self) -> Path:
        """What was landed."""
        return self.root / "home" / "landing"

    def drop_files(self, files: Iterable[tuple[str, bytes]]) -> None:
        """Put files into the source's folder."""
        self.folder.mkdir(parents=True, exist_ok=True)
        for name, content in files:
            path = self.folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)

    def ingest(self, first: date | None = None, last: date | None = None) -> dict[str, Any]:
        """The real step: read, check and land the source's files of the window."""
        from regulars.steps.ingest_sales import ingest_source

        with self.entered():
            return ingest_source(
                self.story.source.name,
                (last or self.story.last).isoformat(),
                (first or self.story.first).isoformat(),
            )

    @contextmanager
    def entered(self) -> Iterator[None]:
        """The environment that names this home."""
        policy = self.root / "policy"
        policy.mkdir(parents=True, exist_ok=True)
        (policy / "2000-01-01.yaml").write_text(self._policy(), "utf-8")
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("REGULARS_HOME", str(self.root / "home"))
            patch.setenv("REGULARS_POLICY", str(policy))
            patch.setenv("REGULARS_DROP", str(self.drop))
            patch.setenv("REGULARS_IDENTITY_KEY", "the key of the acceptance suite, known to all")
            for name, value in self.environment.items():
                patch.setenv(name, value)
            yield

    def records(self) -> dict[str, list[dict[str, str]]]:
        """The records of all files that were brought, by entity, as they are read."""
        layout = load_layout(self.story.source.layout)
        made: dict[str, list[dict[str, str]]] = {}
        for file in self.found().files:
            for batch in read(file, layout, self.story.source).batches:
                rows = batch.frame.to_dict("records")
                texts = [{str(k): str(v) for k, v in row.items()} for row in rows]
                made.setdefault(batch.entity, []).extend(texts)
        return made

    def found(self) -> Discovery:
        """What lies in the source's folder for the days of the story."""
        return discover(self.story.source, self.drop, self.story.first, self.story.last)

    def receipts(self) -> dict[str, FileReceipt]:
        """The receipts by file name."""
        return {receipt.file_name: receipt for receipt in read_receipts(self.landing)}

    def landed_bytes(self) -> dict[str, bytes]:
        """Every landed file and receipt, by path."""
        paths = (path for path in sorted(self.landing.rglob("*")) if path.is_file())
        return {path.relative_to(self.landing).as_posix(): path.read_bytes() for path in paths}

    def sum_landed(self, entity: str, column: str) -> str:
        """The sum of an amount over all landed rows of an entity, as text."""
        stored = column.removesuffix("_amount") + "_minor"
        files = sorted((self.landing / self.story.source.name / entity).glob("*.parquet"))
        total = sum(pc.sum(pq.read_table(file)[stored]).as_py() or 0 for file in files)
        return decimal_text(total, exponent_of(self.story.source.currency_code))

    def answer_to(self, name: str) -> str:
        """What came of a file, in a word: refused, quarantined and why, duplicate or loaded."""
        receipt = self.receipts()[name]
        if receipt.status == "refused":
            return f"refused: {receipt.reason_code}"
        if reasons := self._quarantine_reasons(receipt.sha256):
            return f"quarantined: {', '.join(sorted(reasons))}"
        return "duplicate" if receipt.rows.duplicate else "loaded"

    def refusals(self) -> dict[str, dict[str, str]]:
        """The notes on refused files, by file name."""
        folder = self.root / "home" / "quarantine" / self.story.source.name / "refused_files"
        notes = [json.loads(path.read_bytes()) for path in sorted(folder.glob("*.json"))]
        return {note["file_name"]: note for note in notes}

    def _quarantine_reasons(self, sha256: str) -> set[str]:
        folder = self.root / "home" / "quarantine" / self.story.source.name
        files = folder.glob(f"*/{sha256}.parquet")
        return {reason for file in files for reason in pq.read_table(file)["reason"].to_pylist()}

    def _policy(self) -> str:
        source = self.story.source
        document = {
            "name": "acceptance",
            "valid_from": date(2000, 1, 1),
            "group": {"name": "Group", "name_zh": "集团", "currency_code": source.currency_code},
            "stores": [store.model_dump(mode="json") for store in self.story.stores],
            "sources": [source.model_dump(mode="json")],
        }
        return yaml.safe_dump(document, allow_unicode=True)


def play(story: SourceStory, root: Path) -> Home:
    """The story's good files, read and landed."""
    home = Home(root, story)
    home.drop_files((file.name, file.render()) for file in story.files)
    home.ingest()
    return home


def play_wrong(story: SourceStory, root: Path) -> Home:
    """All wrong files of the story, read and landed in one go; each beside the good others.

    A wrong file in a folder of its own has the good files of that folder beside it, but the one
    that it was made of.
    """
    home = Home(root, story)
    for wrong in wrong_files(story):
        folder, slash, _ = wrong.good.name.rpartition("/")
        place = wrong.name.removesuffix(wrong.good.name)
        beside = [
            (f"{place}{file.name}", file.render())
            for file in story.files
            if slash and file.name.startswith(f"{folder}/") and file.name != wrong.good.name
        ]
        home.drop_files([*beside, (wrong.name, wrong.content)])
    home.ingest()
    return home
