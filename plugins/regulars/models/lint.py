"""The rules a model's text obeys: portable SQL, one idea per step, a shape people can read."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from sqlglot import exp
from sqlglot.dialects import DuckDB

from regulars.models.model import Model
from regulars.models.portable import PORTABLE_RULES, Breach

MAX_COLUMNS = 100
MAX_LINES = 80
_LAST_LINE = re.compile(r"select \* from ([a-z_][a-z0-9_]*);?")
_QUOTES = ("'", '"')


@dataclass(frozen=True)
class Finding:
    """A rule that a file breaks: where, why, and what to write instead. Line 0 is unknown."""

    file: str
    line: int
    rule: str
    next_move: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        return f"{place}: {self.rule}. Next: {self.next_move}"


def lint_model(model: Model) -> tuple[Finding, ...]:
    """Everything the model's select does that the rules forbid, by line."""
    found = [*_shape(model), *_case(model), *_last_line(model)]
    for rule in PORTABLE_RULES:
        found += [_finding(model, breach) for breach in rule(model.tree)]
    return tuple(sorted(set(found), key=lambda one: (one.line, one.rule)))


def _finding(model: Model, breach: Breach) -> Finding:
    return Finding(model.path.name, _line_of(model, breach.node), breach.rule, breach.next_move)


def _line_of(model: Model, node: exp.Expr) -> int:
    """The file's line of the first word of a node that remembers its place; 0 if none does."""
    lines = [int(part.meta["line"]) for part in node.walk() if "line" in part.meta]
    return model.first_line + min(lines) - 1 if lines else 0


def _shape(model: Model) -> Iterator[Finding]:
    lines = model.sql.strip("\n").splitlines()
    offset = model.first_line + model.sql[: len(model.sql) - len(model.sql.lstrip("\n"))].count(
        "\n"
    )
    if len(lines) > MAX_LINES:
        yield Finding(
            model.path.name, 0, f"{len(lines)} lines, more than {MAX_LINES}", "split the model"
        )
    for number, line in enumerate(lines, start=offset):
        if len(line) > MAX_COLUMNS:
            yield Finding(
                model.path.name, number, f"line longer than {MAX_COLUMNS}", "break the line"
            )
        if "\t" in line or line != line.rstrip():
            yield Finding(
                model.path.name, number, "a tab or a trailing space", "indent by four spaces"
            )


def _case(model: Model) -> Iterator[Finding]:
    for token in DuckDB().tokenize(model.sql):
        word = model.sql[token.start : token.end + 1]
        if not word.startswith(_QUOTES) and word != word.lower():
            line = model.first_line + token.line - 1
            yield Finding(
                model.path.name, line, f"{word} is not lower case", f"write {word.lower()}"
            )


def _last_line(model: Model) -> Iterator[Finding]:
    last = model.sql.rstrip().splitlines()[-1]
    shape = _LAST_LINE.fullmatch(last)
    steps = {cte.alias for cte in model.tree.ctes}
    if not shape or shape[1] not in steps:
        yield Finding(
            model.path.name,
            model.first_line + model.sql.rstrip().count("\n"),
            "the last line is not: select * from <step>",
            "name the last step and select all of it",
        )
