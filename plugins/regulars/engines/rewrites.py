"""What sqlglot alone does not carry over from DuckDB: rewrites of the tree, per dialect.

A rewrite changes the tree in place. It is here because its lack gave an error or another answer
on a real engine; `tests/engines/test_engine_dialects.py` has the proof of each.
"""

from collections.abc import Callable

from sqlglot import exp

Rewrite = Callable[[exp.Expr], None]


def whole_division(tree: exp.Expr) -> None:
    """PostgreSQL's DIV gives NUMERIC where DuckDB's `//` of integers gives an integer."""
    for node in reversed(list(tree.find_all(exp.IntDiv))):
        if node is not tree:
            node.replace(exp.cast(node.copy(), "BIGINT"))


def hashed_text(tree: exp.Expr) -> None:
    """PostgreSQL hashes bytes and answers bytes; DuckDB's sha256 is text to hexadecimal text."""
    for node in list(tree.find_all(exp.SHA2)):
        data = exp.func("convert_to", node.this.copy(), exp.Literal.string("UTF8"))
        digest = exp.Anonymous(this="sha256", expressions=[data])
        node.replace(exp.Anonymous(this="encode", expressions=[digest, exp.Literal.string("hex")]))


REWRITES: dict[str, tuple[Rewrite, ...]] = {
    "duckdb": (),
    "postgres": (whole_division, hashed_text),
    "spark": (),
}
