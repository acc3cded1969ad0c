"""The columns a model returns, read from its text."""

from collections.abc import Iterator

from sqlglot import exp

from regulars.models.model import Model


def output_columns(model: Model) -> tuple[str, ...]:
    """Names of the output columns in order. Raises BadInput for a star over a table."""
    return tuple(_columns_of(model, model.tree))


def _columns_of(model: Model, query: exp.Query) -> Iterator[str]:
    select = query
    while isinstance(select, exp.SetOperation):
        select = select.left
    for column in select.selects:
        qualifier = column.table if isinstance(column, exp.Column) else ""
        if isinstance(column, exp.Star):
            for source in _sources(select):
                yield from _columns_behind(model, source)
        elif isinstance(column, exp.Column) and isinstance(column.this, exp.Star):
            for source in _sources(select):
                if source.alias_or_name == qualifier:
                    yield from _columns_behind(model, source)
        else:
            yield column.alias_or_name


def _sources(select: exp.Query) -> list[exp.Expr]:
    from_ = select.args.get("from_")
    joins = select.args.get("joins") or []
    return [part.this for part in (*([from_] if from_ else []), *joins)]


def _columns_behind(model: Model, source: exp.Expr) -> Iterator[str]:
    if isinstance(source, exp.Subquery):
        yield from _columns_of(model, source.this)
        return
    for cte in model.tree.ctes:
        if cte.alias == source.name:
            yield from _columns_of(model, cte.this)
            return
    raise model.wrong(
        f"a star over {source.name} hides which columns the model has",
        "list the columns that the model takes from this table",
    )
