"""A folder into which a test writes its policy files."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from regulars.policy import Policy

WritePolicy = Callable[..., Path]
SHOP = {
    "store_id": "S1", "store_name": "Corner", "time_zone": "Asia/Shanghai", "currency_code": "CNY",
}  # fmt: skip
TILL = {"name": "pos", "time_zone": "Asia/Shanghai", "currency_code": "CNY"}


def sections(**changes: Any) -> dict[str, Any]:
    """The smallest policy that is valid; sections may be changed."""
    smallest: dict[str, Any] = {
        "name": "story",
        "valid_from": date(2024, 1, 1),
        "group": {"name": "Story", "name_zh": "故事", "currency_code": "CNY"},
        "stores": [SHOP],
        "sources": [TILL],
    }
    return {**smallest, **changes}


@pytest.fixture
def write(tmp_path: Path) -> WritePolicy:
    """Write one version into the folder of the test; returns the folder."""

    def _write(file: str = "a.yaml", **changes: Any) -> Path:
        text = yaml.safe_dump(sections(**changes), allow_unicode=True)
        (tmp_path / file).write_text(text, encoding="utf-8")
        return tmp_path

    return _write


@pytest.fixture
def two_shops() -> Policy:
    """Two stores; one source speaks for the second only."""
    stores = [SHOP, {**SHOP, "store_id": "S2"}]
    sources = [{**TILL, "stores": ["S2"]}, {**TILL, "name": "crm"}]
    return Policy(**sections(stores=stores, sources=sources))
