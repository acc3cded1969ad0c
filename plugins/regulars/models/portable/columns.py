"""Names and types of columns: the same on every engine, whatever its own habits are."""

from collections.abc import Iterator

from sqlglot import exp

from regulars.models.portable.breach import Breach
from regulars.models.portable.lineage import branches, is_unknown, outputs, values_behind
from regulars.models.portable.reserved import RESERVED

_OWN_TYPES = (
    exp.Sum, exp.Avg, exp.RowNumber, exp.Rank, exp.DenseRank, exp.Ntile, exp.Extract,
    exp.DateDiff, exp.Length, exp.Floor, exp.Ceil, exp.TimestampTrunc,
)  # fmt: skip


def typed_columns(tree: exp.Expr) -> Iterator[Breach]:
    """What leaves a select has one type everywhere: engines differ on sums, counts and floors."""
    for name, column in outputs(tree):
        for value in values_behind(column):
            if isinstance(value, _OWN_TYPES):
                word = value.sql_name().lower()
                yield Breach(value, f"{name} is a {word} without a cast", "cast(... as bigint)")
        if isinstance(column.unalias(), exp.Null) and not _has_typed_twin(column):
            yield Breach(column, f"{name} is a null without a type", "cast(null as ...)")


def changed_names(tree: exp.Expr) -> Iterator[Breach]:
    """A name that a select gives anew is used by its next step, not by its own clauses.

    PostgreSQL looks for it among the inputs only, DuckDB and Spark find it, and of a name that
    the inputs have as well Sail takes the other one after `having`.
    """
    for select in tree.find_all(exp.Select):
        fresh = {one.alias for one in select.selects if isinstance(one, exp.Alias)}
        for clause in ("having", "qualify"):
            for column in _own_columns(select.args.get(clause), select, fresh):
                rule = f"{clause} over {column.name}, which the select gives anew"
                yield Breach(column, rule, "filter in a next step, or give another name")
        beside = [part for part in (*select.selects, select.args.get("where")) if part]
        for part in beside:
            for column in _own_columns(part, select, fresh):
                if is_unknown(select, column.name):
                    rule = f"{column.name} beside its definition: PostgreSQL does not find it"
                    yield Breach(column, rule, "use it in a next step")


def reserved_names(tree: exp.Expr) -> Iterator[Breach]:
    """Names are plain: not reserved on any engine, and never in quotes."""
    for name in tree.find_all(exp.Identifier):
        if name.args.get("quoted"):
            yield Breach(name, f'"{name.name}" in quotes', "use a plain lower-case name")
    for node in tree.find_all(exp.Alias, exp.TableAlias):
        if node.alias_or_name.lower() in RESERVED:
            yield Breach(node, f"{node.alias_or_name} is a reserved word", "use another name")


def _own_columns(
    clause: exp.Expr | None, select: exp.Select, names: set[str]
) -> Iterator[exp.Column]:
    """Columns without a qualifier and of these names, not those of a query within the clause."""
    for column in clause.find_all(exp.Column) if clause else ():
        if not column.table and column.name in names and column.find_ancestor(exp.Select) is select:
            yield column


def _has_typed_twin(column: exp.Expr) -> bool:
    """Another branch of the union says which type the null has."""
    select = column.find_ancestor(exp.Select)
    union: exp.Expr | None = select
    while union is not None and isinstance(union.parent, exp.SetOperation):
        union = union.parent
    if not isinstance(select, exp.Select) or union is None:
        return False
    place = [id(one) for one in select.selects].index(id(column))
    beside = [one.selects[place] for one in branches(union) if place < len(one.selects)]
    return any(not isinstance(one.unalias(), exp.Null) for one in beside)
