"""What sqlglot alone does not carry over from DuckDB: rewrites of the tree, per dialect.

A rewrite changes the tree in place. It is here because its lack gave an error or another answer
on a real engine; `tests/engines/test_engine_dialects.py` has the proof of each.
"""

import re
from collections.abc import Callable

from sqlglot import exp

Rewrite = Callable[[exp.Expr], None]
_GROUP = re.compile(r"\\(\d)")


def whole_signs(tree: exp.Expr) -> None:
    """The sign of a number is whole in DuckDB and a double on the servers."""
    for node in reversed(list(tree.find_all(exp.Sign))):
        node.replace(exp.cast(node.copy(), "BIGINT"))


def whole_division(tree: exp.Expr) -> None:
    """PostgreSQL's DIV gives NUMERIC where DuckDB's `//` of integers gives an integer."""
    for node in reversed(list(tree.find_all(exp.IntDiv))):
        node.replace(exp.cast(node.copy(), "BIGINT"))


def hashed_text(tree: exp.Expr) -> None:
    """PostgreSQL hashes bytes and answers bytes; DuckDB's sha256 is text to hexadecimal text."""
    for node in list(tree.find_all(exp.SHA2)):
        data = exp.func("convert_to", node.this.copy(), exp.Literal.string("UTF8"))
        digest = exp.Anonymous(this="sha256", expressions=[data])
        node.replace(exp.Anonymous(this="encode", expressions=[digest, exp.Literal.string("hex")]))


def named_windows(tree: exp.Expr) -> None:
    """Spark reads `over name - 1` as one hyphenated name."""
    for node in reversed(list(tree.find_all(exp.Window))):
        if isinstance(node.parent, exp.Binary) and not node.args.get("order"):
            node.replace(exp.Paren(this=node.copy()))


def whole_limits(tree: exp.Expr) -> None:
    """A limit is a plain number for Spark, and a bind comes as a cast."""
    for limit in tree.find_all(exp.Limit, exp.Offset):
        for cast in list(limit.find_all(exp.Cast)):
            cast.replace(exp.Literal.number(cast.this.name))


def named_groups(tree: exp.Expr) -> None:
    r"""A group that a replacement puts in is `\2` for DuckDB and `$2` for Spark."""
    for node in tree.find_all(exp.RegexpReplace):
        put_in = node.args["replacement"]
        if isinstance(put_in, exp.Literal):
            put_in.replace(exp.Literal.string(_GROUP.sub(r"$\1", put_in.name)))


REWRITES: dict[str, tuple[Rewrite, ...]] = {
    "duckdb": (),
    "postgres": (whole_signs, whole_division, hashed_text),
    "spark": (whole_signs, named_windows, whole_limits, named_groups),
}
