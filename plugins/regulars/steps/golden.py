"""What every model says to the servers, kept as files: a new sqlglot that says it otherwise shows.

`python -m regulars docs` writes them, `docs --check` compares.
"""

from functools import lru_cache
from pathlib import Path

from regulars.engines.rendering import golden_text
from regulars.models import Catalog, Model

GOLDEN = Path("tests/golden")
DIALECTS = ("postgres", "spark")
"""DuckDB reads the models as they are."""


def golden_texts(catalog: Catalog) -> dict[Path, bytes]:
    """The text of every model in every dialect, by its path in the project."""
    return {
        _path_of(model, dialect): _page(model, dialect).encode()
        for dialect in DIALECTS
        for model in catalog.models
    }


def golden_files(project: Path) -> list[Path]:
    """The files that are kept, by their paths in the project."""
    return sorted(path.relative_to(project) for path in (project / GOLDEN).rglob("*.sql"))


def _path_of(model: Model, dialect: str) -> Path:
    return GOLDEN / dialect / model.path.parent.name / model.path.name


@lru_cache(maxsize=1024)
def _page(model: Model, dialect: str) -> str:
    origin = f"include/sql/{model.path.parent.name}/{model.path.name}"
    title = f"-- {origin}, as {dialect} reads it; python -m regulars docs"
    return f"{title}\n{golden_text(model.tree, dialect)}\n"
