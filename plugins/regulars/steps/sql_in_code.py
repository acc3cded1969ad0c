"""Selects that stand in the steps' Python: they run on every engine too, so the rules hold there.

A string is a select when it begins like one. What an f-string fills in is read as a name; a
select that only makes sense with more than names filled in is not read here.
"""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError

from regulars.models.portable import PORTABLE_RULES, stars

FILLED_IN = "filled_in"
_SELECT = re.compile(r"\s*(select\s.*\sfrom\s|with\s+\w+\s+as\s*\()", re.DOTALL)
_RULES = tuple(rule for rule in PORTABLE_RULES if rule is not stars)


@dataclass(frozen=True)
class CodeSelect:
    """A select, its file's name and the line on which its string begins."""

    file: str
    line: int
    sql: str

    @property
    def tree(self) -> exp.Query | None:
        """Its syntax tree; None when it is no select by itself."""
        try:
            tree = sqlglot.parse_one(self.sql, read="duckdb")
        except SqlglotError:
            return None
        return tree if isinstance(tree, exp.Query) else None


def selects_in(folder: Path) -> Iterator[CodeSelect]:
    """The selects among the strings of all Python files of a folder."""
    for path in sorted(folder.rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        parts = {
            id(part)
            for node in ast.walk(tree)
            if isinstance(node, ast.JoinedStr)
            for part in node.values
        }
        for node in ast.walk(tree):
            text = "" if id(node) in parts else _text_of(node)
            if _SELECT.match(text):
                yield CodeSelect(path.name, getattr(node, "lineno", 0), text)


def lint_code(folder: Path) -> Iterator[str]:
    """A sentence for every rule that a select in a folder's Python breaks."""
    for select in selects_in(folder):
        for rule in _RULES if select.tree else ():
            for breach in rule(select.tree or exp.Select()):
                if not _has_filled_in_schema(breach.node):
                    place = f"{select.file}:{select.line}"
                    yield f"{place}: {breach.rule}. Next: {breach.next_move}"


def _has_filled_in_schema(node: exp.Expr) -> bool:
    """A schema that is a bind or filled in, as `:home`, is the engine's to name."""
    schema = node.args.get("db")
    return isinstance(schema, exp.Placeholder) or getattr(schema, "name", "") == FILLED_IN


def _text_of(node: ast.AST) -> str:
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else ""
    if isinstance(node, ast.JoinedStr):
        return "".join(
            str(part.value) if isinstance(part, ast.Constant) else FILLED_IN for part in node.values
        )
    return ""
