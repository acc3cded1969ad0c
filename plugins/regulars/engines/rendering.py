"""One SQL text for every engine: DuckDB's dialect in, the engine's own out.

Only `parse`, node replacement and `.sql` of sqlglot are used: its syntax-tree API moves.
"""

from collections.abc import Mapping
from functools import lru_cache

import sqlglot
from sqlglot import exp
from sqlglot.errors import ErrorLevel, SqlglotError

from regulars.domain.errors import BadInput
from regulars.engines.literals import literal
from regulars.engines.rewrites import REWRITES


def render(sql: str, dialect: str, params: Mapping[str, object]) -> str:
    """A select in the dialect of an engine, with its named binds (`:as_of`) as typed literals.

    Raises BadInput when a bind is missing or not used, when the text is not exactly one
    select, or when the engine cannot say it.
    """
    for name, value in params.items():
        literal(name, value)
    # By type as well: 1, 1.0 and true are equal, and three different literals.
    typed = tuple((name, type(value), value) for name, value in sorted(params.items()))
    return _render(sql, dialect, typed)


@lru_cache(maxsize=1024)
def _render(sql: str, dialect: str, params: tuple[tuple[str, type, object], ...]) -> str:
    """Writing a syntax tree out costs more than running most statements: each text once."""
    _refuse_mismatch(binds_of(sql), frozenset(name for name, _, _ in params))
    tree = _parse(sql).copy()
    values = {name: value for name, _, value in params}
    for node in list(tree.find_all(exp.Placeholder)):
        node.replace(literal(node.name, values[node.name]))
    return _written(tree, dialect)


def golden_text(select: exp.Query, dialect: str) -> str:
    """A select as an engine would read it, laid out for people, its binds still as names."""
    tree = select.copy()
    for node in list(tree.find_all(exp.Placeholder)):
        node.replace(exp.Var(this=f":{node.name}"))
    return _written(tree, dialect, pretty=True)


def _written(tree: exp.Expr, dialect: str, *, pretty: bool = False) -> str:
    """The tree, which is used up by this, as text of a dialect."""
    for rewrite in REWRITES[dialect]:
        rewrite(tree)
    try:
        return tree.sql(
            dialect,
            copy=False,
            unsupported_level=ErrorLevel.RAISE,
            comments=False,
            pretty=pretty,
        )
    except SqlglotError as error:
        raise BadInput(f"{dialect} cannot say this: {error}", next_move="rewrite it") from error


@lru_cache(maxsize=512)
def binds_of(sql: str) -> frozenset[str]:
    """The names of the binds in a select. Raises BadInput for a bind without a name."""
    tree = _parse(sql)
    found = list(tree.find_all(exp.Placeholder))
    if tree.find(exp.Parameter) or not all(_is_named(node) for node in found):
        raise BadInput("a bind without a name", next_move="write :name instead of ? or $1")
    return frozenset(node.name for node in found)


def _is_named(bind: exp.Placeholder) -> bool:
    return isinstance(bind.this, str) and bind.this.isidentifier()


@lru_cache(maxsize=512)
def _parse(sql: str) -> exp.Expr:
    """The syntax tree of one select; shared, so never changed: callers work on a copy."""
    try:
        statements = [tree for tree in sqlglot.parse(sql, read="duckdb") if tree]
    except SqlglotError as error:
        raise BadInput(
            f"not readable as SQL: {_first_error(error)}",
            next_move="a bind that is a column on its own needs a cast: cast(:day as date)",
        ) from error
    if len(statements) != 1 or not isinstance(statements[0], exp.Query):
        raise BadInput("expected exactly one select", next_move="split or rewrite the text")
    return statements[0]


def _first_error(error: SqlglotError) -> str:
    details = getattr(error, "errors", None) or [{}]
    line = details[0].get("line")
    reason = details[0].get("description") or str(error)
    return f"{reason} (line {line})" if line else str(reason)


def _refuse_mismatch(wanted: frozenset[str], given: frozenset[str]) -> None:
    if missing := sorted(wanted - given):
        raise BadInput(f"no value for bind :{missing[0]}", next_move="pass it as a parameter")
    if unused := sorted(given - wanted):
        raise BadInput(f"the text has no bind :{unused[0]}", next_move="remove the parameter")
