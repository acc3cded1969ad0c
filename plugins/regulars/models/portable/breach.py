"""What a rule says of a select: where it is broken, why, and what to write instead."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from sqlglot import exp


@dataclass(frozen=True)
class Breach:
    """A node of the tree that breaks a rule."""

    node: exp.Expr
    rule: str
    next_move: str


Rule = Callable[[exp.Expr], Iterator[Breach]]
