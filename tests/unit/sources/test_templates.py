import csv
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from regulars.domain.fields import Kind
from regulars.domain.records import RECORDS, fields_of
from regulars.policy import SourcePolicy
from regulars.sources.discovery import discover
from regulars.sources.layouts import load_layout
from regulars.sources.reading import read
from regulars.sources.templates import write_templates

DOCS = Path(__file__).parents[3] / "docs" / "templates"
CHECKS = {
    Kind.COUNT: int,
    Kind.MINOR: Decimal,
    Kind.MICRO: Decimal,
    Kind.MILLI: Decimal,
    Kind.BPS: Decimal,
    Kind.DAY: date.fromisoformat,
    Kind.LOCAL_TIME: datetime.fromisoformat,
}


def rows_of(entity: str) -> list[dict[str, str]]:
    with (DOCS / f"{entity}.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_the_templates_in_docs_are_those_the_code_writes(tmp_path):
    written = write_templates(tmp_path)
    assert [path.name for path in written] == sorted(path.name for path in DOCS.iterdir())
    for path in written:
        assert path.read_bytes() == (DOCS / path.name).read_bytes(), f"{path.name} has drifted"


@pytest.mark.parametrize("entity", RECORDS)
def test_every_example_keeps_the_rules_of_its_template(entity):
    rows = rows_of(entity)
    assert len(rows) == 2
    for row in rows:
        for field in fields_of(entity):
            text = row[field.name]
            assert text or not field.is_required, field.name
            if text and field.stored.choices:
                assert text in field.stored.choices
            if text and field.stored.kind in CHECKS:
                CHECKS[field.stored.kind](text)
    assert len({tuple(row[name] for name in RECORDS[entity].key) for row in rows}) == 2


def test_the_example_orders_tie():
    for row in rows_of("orders"):
        parts = {name: Decimal(row[name] or 0) for name in row if name.endswith("_amount")}
        added = ("gross", "service_charge", "delivery_fee", "packaging_fee", "tip", "rounding")
        total = sum(parts[f"{name}_amount"] for name in added) - parts["discount_amount"]
        assert total == parts["total_amount"]


def test_the_templates_can_be_dropped_as_they_are():
    source = SourcePolicy(name="docs", time_zone="Asia/Shanghai", currency_code="CNY")
    found = discover(source, DOCS, date(2025, 1, 31), date(2025, 1, 31))
    assert [refused.file for refused in found.refused] == ["README.md"]
    assert {file.table for file in found.files} == set(RECORDS)
    for file in found.files:
        contents = read(file, load_layout("canonical"), source)
        assert contents.rows_read == len(contents.batches[0].frame) == 2
        assert contents.findings == ()
