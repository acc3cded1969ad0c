"""What is wrong is told with the file or the key, the reason and the next move."""

import json
import re
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml
from chain_home import SAMPLE_POLICY, Home
from group_sample import LAST_DAYS, SIZE

from regulars.domain.errors import BadInput
from regulars.sources.landing import read_receipts
from regulars.steps.ingest_sales import ingest_source

DAY = LAST_DAYS[0]


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A home whose sources have their folders and nothing in them."""
    for source in ("pos", "platforms", "crm"):
        (tmp_path / "drop" / source).mkdir(parents=True)
    return Home(tmp_path / "home", tmp_path / "drop")


def ingest(home: Home, source: str = "pos", first: date = DAY, last: date = DAY) -> dict[str, Any]:
    with home.environment():
        return dict(ingest_source(source, last.isoformat(), first.isoformat()))


def notes(home: Home, source: str = "pos") -> list[dict[str, str]]:
    """The notes on refused files."""
    folder = home.folder / "quarantine" / source / "refused_files"
    return [json.loads(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.json"))]


def test_an_empty_drop_folder_stops_the_run_with_its_path(home: Home):
    with pytest.raises(BadInput) as told:
        home.run(DAY, DAY)
    assert str(home.drop) in str(told.value)
    assert "REGULARS_DROP" in told.value.next_move


def test_a_source_without_its_folder_is_told_and_does_not_stop_the_others(home: Home):
    (home.drop / "crm").rmdir()
    receipt = ingest(home, "crm")
    assert receipt["refused_files"] == ["crm"]
    (note,) = notes(home, "crm")
    assert note["reason"] == "folder_missing"
    assert "crm" in note["message"]
    assert "create it" in note["next_move"]


def test_a_file_without_the_needed_columns_is_refused_by_name(home: Home):
    (home.drop / "pos" / f"orders_{DAY}.csv").write_text("wine,cheese\n1,2\n", encoding="utf-8")
    receipt = ingest(home)
    assert receipt["refused_files"] == [f"orders_{DAY}.csv"]
    (note,) = notes(home)
    assert note["file_name"] == f"orders_{DAY}.csv"
    assert "order_id" in note["message"]
    assert note["next_move"]


def test_a_file_of_no_known_kind_is_refused_with_the_nearest_name(home: Home):
    (home.drop / "pos" / f"oders_{DAY}.csv").write_text("order_id\n1\n", encoding="utf-8")
    ingest(home)
    (note,) = notes(home)
    assert note["reason"] == "unrecognised_file"
    assert "name it orders" in note["next_move"]


def test_an_unknown_column_is_told_and_the_rows_are_read(home: Home, sample: Any):
    text = (sample.drop / "pos" / f"orders_{DAY}.csv").read_text(encoding="utf-8")
    lines = [f"{line},{'mood' if not row else 'x'}" for row, line in enumerate(text.splitlines())]
    (home.drop / "pos" / f"orders_{DAY}.csv").write_text("\n".join(lines), encoding="utf-8")
    ingest(home)
    (receipt,) = read_receipts(home.folder / "landing")
    assert receipt.rows.loaded > 10
    assert [finding.message for finding in receipt.findings if "mood" in finding.message]


def test_rows_of_another_restaurant_are_set_aside_row_by_row(home: Home, sample: Any):
    text = (sample.drop / "pos" / f"orders_{DAY}.csv").read_text(encoding="utf-8")
    count = len(text.splitlines()) - 1
    text = re.sub(r",\"?S[123]\"?,", ",X7,", text)
    (home.drop / "pos" / f"orders_{DAY}.csv").write_text(text, encoding="utf-8")
    receipt = ingest(home)
    assert receipt["quarantined_rows"] == count
    kept = home.folder / "quarantine" / "pos" / "orders"
    assert len(list(kept.glob("*.parquet"))) == 1


def test_a_header_alone_is_a_day_without_sales_and_no_file_is_a_missing_day(
    history: Home, own_drop: Path, place: Callable[[], Path]
):
    """The first day's orders file has a header only, the second day's is not there."""
    orders = own_drop / "pos" / f"orders_{LAST_DAYS[0]}.csv"
    header = orders.read_text(encoding="utf-8").splitlines(keepends=True)[0]
    for path in own_drop.glob(f"pos/*_{LAST_DAYS[0]}.csv"):
        path.unlink()
    orders.write_text(header, encoding="utf-8")
    for path in own_drop.glob(f"pos/*_{LAST_DAYS[1]}.csv"):
        path.unlink()
    home = history.copy(place(), drop=own_drop)
    home.run(LAST_DAYS[0], LAST_DAYS[1])
    report = json.loads(
        (home.folder / "reports" / f"{LAST_DAYS[1]}" / "report.json").read_text(encoding="utf-8")
    )
    assert report["missing_days"] == [{"source": "pos", "business_date": str(LAST_DAYS[1])}]
    found = home.rows(
        f"select order_id from fct_orders where business_date = cast('{LAST_DAYS[0]}' as date)"
    )
    assert found == []


def rewritten(folder: Path, **changes: Any) -> Path:
    """The sample group's policy with some sections replaced."""
    (path,) = SAMPLE_POLICY.glob("*.yaml")
    document = yaml.safe_load(path.read_text(encoding="utf-8")) | changes
    folder.mkdir(exist_ok=True)
    text = yaml.safe_dump(document, allow_unicode=True)
    (folder / "2024-01-01.yaml").write_text(text, encoding="utf-8")
    return folder


RULE = {"component": "payment", "basis": "rate", "rate_bps": 60, "valid_from": date(2024, 1, 1)}


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"tiers": {"gold": {"promote": 70, "demote": 82}}}, ("tiers.gold", "demote")),
        ({"tiers": {"gold": {"promote": 97, "demote": 90}}}, ("tiers", "rise")),
        ({"windows": {"tier_dayz": 90}}, ("windows.tier_dayz",)),
        ({"windows": {"tier_days": -1}}, ("windows.tier_days", "greater than 0")),
        ({"segmentation": {}}, ("segmentation",)),
        (
            {"cost_rules": [{"rule_id": "r1", **RULE}, {"rule_id": "r2", **RULE}]},
            ("r1", "r2", "overlap"),
        ),
        (
            {"cost_rules": [{"rule_id": "r1", **RULE, "basis": "per_order"}]},
            ("cost_rules.0", "amount_minor"),
        ),
    ],
    ids=["inverted", "not_rising", "typo", "negative", "section", "overlap", "basis"],
)
def test_a_policy_that_contradicts_itself_names_file_and_key(
    home: Home, tmp_path: Path, changes: dict[str, Any], words: tuple[str, ...]
):
    wrong = Home(home.folder, home.drop, rewritten(tmp_path / "policy", **changes))
    with pytest.raises(BadInput) as told:
        wrong.run(DAY, DAY)
    assert "2024-01-01.yaml" in str(told.value)
    assert all(word in str(told.value) for word in words), str(told.value)
    assert told.value.next_move


def test_a_policy_that_is_no_yaml_is_told_with_its_line(home: Home, tmp_path: Path):
    (tmp_path / "policy").mkdir()
    (tmp_path / "policy" / "2024-01-01.yaml").write_text("name: a\n  b: [\n", encoding="utf-8")
    with pytest.raises(BadInput) as told:
        Home(home.folder, home.drop, tmp_path / "policy").run(DAY, DAY)
    assert "2024-01-01.yaml" in str(told.value)
    assert "line 2" in str(told.value)
    assert told.value.next_move


def test_a_day_before_the_first_policy_names_both_days(home: Home):
    early = date(2023, 12, 31)
    with pytest.raises(BadInput) as told:
        home.run(early, early)
    assert "2023-12-31" in str(told.value)
    assert "2024-01-01" in str(told.value)
    assert "valid_from" in told.value.next_move


def test_a_window_that_ends_before_it_begins_is_told(home: Home):
    with pytest.raises(BadInput, match="swap"):
        home.run(SIZE.last_day, SIZE.last_day - timedelta(days=1))


def test_a_source_outside_the_drop_folder_is_a_mistake_in_the_policy(home: Home, tmp_path: Path):
    source = {"name": "pos", "folder": "../secrets", "time_zone": "Asia/Shanghai",
              "currency_code": "CNY"}  # fmt: skip
    policy = rewritten(tmp_path / "policy", sources=[source])
    with pytest.raises(BadInput, match=r"\.\./secrets.*outside the drop folder"):
        ingest(Home(home.folder, home.drop, policy))
