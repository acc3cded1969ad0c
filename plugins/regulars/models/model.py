"""A model: one select in a file of its own, under a header that says what it promises."""

import re
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import Any, Literal, Self

import sqlglot
import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator
from sqlglot import exp
from sqlglot.errors import SqlglotError

from regulars.domain.errors import BadInput

_FILE = re.compile(r"\s*/\*(?P<header>.*?)\*/(?P<sql>.*)", re.DOTALL)
_NAME = re.compile(r"[a-z][a-z0-9_]{0,55}")
EXTERNAL = ("raw_", "ref_", "restricted_", "ops_")
"""How the names of tables start that no model makes."""
_WINDOW = frozenset({"first_date", "last_date"})


class ModelKind(StrEnum):
    """How a model's rows are kept: computed on reading, rebuilt, or replaced by day.

    A loop is rebuilt over and over by the step that drives it, from its own earlier rows.
    """

    VIEW = "view"
    FULL = "full"
    LOOP = "loop"
    DAYS = "days"
    SNAPSHOT = "snapshot"
    AUDIT = "audit"


_READ_THEMSELVES = (ModelKind.LOOP, ModelKind.DAYS, ModelKind.SNAPSHOT)


class Model(BaseModel):
    """A model's header and its select. `inputs` are the tables it reads, in the file's words.

    Audits have a severity and return the rows that fail. A model of days or snapshots may
    read its own earlier rows: then its own name is among its inputs.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    path: Path
    sql: str
    first_line: int
    grain: str = Field(min_length=1)
    kind: ModelKind
    inputs: tuple[str, ...]
    describe: str = Field(min_length=1)
    unique: tuple[str, ...] = ()
    params: tuple[str, ...] = ()
    publish: bool = False
    severity: Literal["error", "warn"] | None = None

    @cached_property
    def tree(self) -> exp.Query:
        """The syntax tree of the select. Raises BadInput when it is not exactly one select."""
        try:
            statements = [tree for tree in sqlglot.parse(self.sql, read="duckdb") if tree]
        except SqlglotError as error:
            details = (getattr(error, "errors", None) or [{}])[0]
            line = self.first_line + details.get("line", 1) - 1
            raise self.wrong(
                f"line {line}: not readable as SQL: {details.get('description', error)}",
                "a bind that is a column on its own needs a cast: cast(:day as date)",
            ) from error
        if len(statements) != 1 or not isinstance(statements[0], exp.Query):
            raise self.wrong("expected exactly one select", "models only read; split the file")
        return statements[0]

    @property
    def upstream(self) -> tuple[str, ...]:
        """The inputs other than the model itself."""
        return tuple(name for name in self.inputs if name != self.name)

    def wrong(self, problem: str, next_move: str) -> BadInput:
        """An error in this model's file."""
        return BadInput(problem, where=self.path.name, next_move=next_move)

    @model_validator(mode="after")
    def _header_fits_kind(self) -> Self:
        if (self.kind is ModelKind.AUDIT) != (self.severity is not None):
            raise ValueError("severity is for audits, and every audit has one: error or warn")
        if self.kind is ModelKind.VIEW and self.params:
            raise ValueError("a view has no params: make it full or days")
        if self.kind is ModelKind.DAYS and not set(self.params) >= _WINDOW:
            raise ValueError("a model of days needs the params first_date and last_date")
        if self.name in self.inputs and self.kind not in _READ_THEMSELVES:
            raise ValueError(f"a {self.kind} model cannot read itself")
        return self


def read_model(path: Path) -> Model:
    """A model from its file. Raises BadInput naming the file, the key and the next move."""
    text = path.read_text(encoding="utf-8")
    parts = _FILE.fullmatch(text)
    if not parts or not parts["sql"].strip():
        raise BadInput(
            "a model is a header comment /* ... */ with YAML, then one select", where=path.name
        )
    if not _NAME.fullmatch(path.stem):
        raise BadInput("the file's name is no table name", where=path.name, next_move="use a-z_")
    header = _header(path, parts["header"])
    first_line = text[: parts.start("sql")].count("\n") + 1
    try:
        model = Model(**header, name=path.stem, path=path, sql=parts["sql"], first_line=first_line)
    except ValidationError as error:
        raise _header_error(path, error) from error
    _refuse_drift(model)
    return model


def _header(path: Path, text: str) -> dict[str, Any]:
    try:
        header = yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise BadInput(f"the header is not YAML: {error}", where=path.name) from error
    if not isinstance(header, dict):
        raise BadInput("the header is no mapping of keys", where=path.name)
    if given := sorted({"name", "path", "sql", "first_line"} & set(header)):
        raise BadInput(f"unknown key {given[0]} in the header", where=path.name)
    return header


def _header_error(path: Path, error: ValidationError) -> BadInput:
    first = error.errors()[0]
    key = ".".join(str(part) for part in first["loc"])
    problem = f"header: {key}: {first['msg']}" if key else f"header: {first['msg']}"
    return BadInput(problem, where=path.name, next_move="correct the header")


def _refuse_drift(model: Model) -> None:
    """The header lists exactly what the select reads and binds."""
    ctes = {cte.alias for cte in model.tree.find_all(exp.CTE)}
    if shadowed := sorted(ctes & set(model.inputs)):
        raise model.wrong(
            f"{shadowed[0]} is both an input and a step of the select", "give the step its own name"
        )
    tables = {table.name for table in model.tree.find_all(exp.Table)} - ctes
    binds = {node.name for node in model.tree.find_all(exp.Placeholder)}
    for key, listed, found in (
        ("inputs", set(model.inputs), tables),
        ("params", set(model.params), binds),
    ):
        if missing := sorted(found - listed):
            raise model.wrong(f"{key} do not list {missing[0]}", f"add it to {key}")
        if unused := sorted(listed - found):
            raise model.wrong(f"{key} list {unused[0]}, which is not used", "remove it")
