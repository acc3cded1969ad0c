"""The kitchens: one of one's own for a story, one shared by a module that serves finished rows."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from kitchen import DAY, Kitchen, OpenKitchen, make_policy
from town import REVIEWS, fill_town

from regulars.engines import open_warehouse
from regulars.models import Catalog, Dictionary, load_catalog, load_dictionary
from regulars.settings import Settings
from regulars.steps.runtime import SQL_FOLDER, Run


@pytest.fixture(scope="session")
def catalog() -> Catalog:
    """All models, read once for all stories."""
    return load_catalog(SQL_FOLDER)


@pytest.fixture(scope="session")
def dictionary() -> Dictionary:
    """All column meanings, read once for all stories."""
    return load_dictionary(SQL_FOLDER / "dictionary.yaml")


@pytest.fixture(scope="session")
def open_kitchen(
    tmp_path_factory: pytest.TempPathFactory, catalog: Catalog, dictionary: Dictionary
) -> OpenKitchen:
    """Open an empty kitchen on DuckDB; sections of its policy may be changed."""

    @contextmanager
    def _open(**policy: Any) -> Iterator[Kitchen]:
        home = tmp_path_factory.mktemp("kitchen")
        run = Run(DAY, DAY, Settings(home=home))
        run.__dict__.update(policy=make_policy(**policy), catalog=catalog, dictionary=dictionary)
        with open_warehouse(f"duckdb:///{home / 'story.duckdb'}") as warehouse:
            yield Kitchen(warehouse, run)

    return _open


@pytest.fixture
def kitchen(open_kitchen: OpenKitchen) -> Iterator[Kitchen]:
    """An empty kitchen of one's own."""
    with open_kitchen() as opened:
        yield opened


@pytest.fixture(scope="module")
def counter(open_kitchen: OpenKitchen) -> Iterator[Kitchen]:
    """A kitchen shared by a module, opened once: finished rows are served over and over."""
    with open_kitchen() as opened:
        yield opened.cook()


@pytest.fixture(scope="session")
def town(open_kitchen: OpenKitchen) -> Iterator[Kitchen]:
    """Half a year of weekly reviews of a small town, to be looked at and left as it is."""
    with open_kitchen() as opened:
        fill_town(opened)
        yield opened.cook(DAY - timedelta(days=400), DAY).judge(REVIEWS)
