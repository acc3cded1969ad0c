"""Where a column of a step comes from, within one select's steps."""

from collections.abc import Iterator

from sqlglot import exp

_PASSED_ON = (
    exp.Paren, exp.Neg, exp.Abs, exp.Add, exp.Sub, exp.Mul, exp.Mod, exp.Coalesce, exp.Nullif,
    exp.Greatest, exp.Least, exp.Min, exp.Max, exp.Lag, exp.Lead, exp.FirstValue, exp.LastValue,
)  # fmt: skip


def values_behind(
    node: exp.Expr, *, through: tuple[type[exp.Expr], ...] = ()
) -> Iterator[exp.Expr]:
    """The expressions whose type decides that of a node, followed back through the steps.

    Casts, calls and columns of tables from outside end the way; arithmetic and choices pass it
    on, and so do the node types in `through`.
    """
    seen: set[int] = set()
    waiting = [node]
    while waiting:
        one = waiting.pop()
        if id(one) in seen:
            continue
        seen.add(id(one))
        if isinstance(one, exp.Alias | exp.Window | exp.Filter):
            waiting.append(one.this)
        elif isinstance(one, exp.Case):
            waiting += [branch.args["true"] for branch in one.args.get("ifs", ())]
            waiting += [one.args["default"]] if one.args.get("default") else []
        elif isinstance(one, (*_PASSED_ON, *through)):
            waiting += [part for part in _operands(one) if isinstance(part, exp.Expr)]
        elif isinstance(one, exp.Column) and (found := definitions(one)):
            waiting += found
        else:
            yield one


def definitions(column: exp.Column) -> list[exp.Expr]:
    """What the steps before say a column is; empty for a column of a table from outside."""
    select = column.find_ancestor(exp.Select)
    if select is None:
        return []
    steps = {cte.alias: cte.this for cte in column.root().find_all(exp.CTE)}
    for source in _sources(select):
        if column.table in ("", source.alias_or_name):
            inner = source.this if isinstance(source, exp.Subquery) else steps.get(source.name)
            if inner is not None and (found := named(inner, column.name, steps)):
                return found
    return []


def named(query: exp.Expr, name: str, steps: dict[str, exp.Query]) -> list[exp.Expr]:
    """The expressions that a query returns under a name, one per branch of a union."""
    first, *others = [*branches(query)] or [exp.Select()]
    positions = [place for place, one in enumerate(first.selects) if one.alias_or_name == name]
    if positions and not any(one.is_star for one in first.selects):
        place = positions[0]
        return [one.selects[place] for one in (first, *others) if place < len(one.selects)]
    found: list[exp.Expr] = []
    for select in (first, *others):
        own = [one for one in select.selects if one.alias_or_name == name]
        if own:
            found += own
        elif any(one.is_star for one in select.selects):
            for source in _sources(select):
                inner = source.this if isinstance(source, exp.Subquery) else steps.get(source.name)
                found += named(inner, name, steps) if inner is not None else []
    return found


def is_unknown(select: exp.Select, name: str) -> bool:
    """Whether all a select reads are steps, and none of them has a column of this name."""
    steps = {cte.alias: cte.this for cte in select.root().find_all(exp.CTE)}
    sources = _sources(select)
    inner = [one.this if isinstance(one, exp.Subquery) else steps.get(one.name) for one in sources]
    return all(one is not None and _is_without(one, name, steps) for one in inner)


def _is_without(query: exp.Expr, name: str, steps: dict[str, exp.Query]) -> bool:
    for select in branches(query):
        if any(one.alias_or_name == name for one in select.selects):
            return False
        if any(one.is_star for one in select.selects) and not is_unknown(select, name):
            return False
    return True


def branches(query: exp.Expr) -> Iterator[exp.Select]:
    """The selects of a union, or the one select."""
    if isinstance(query, exp.SetOperation):
        yield from branches(query.left)
        yield from branches(query.right)
    elif isinstance(query, exp.Subquery):
        yield from branches(query.this)
    elif isinstance(query, exp.Select):
        yield query


def outputs(tree: exp.Expr) -> Iterator[tuple[str, exp.Expr]]:
    """Name and expression of every column that leaves the select, by way of its steps."""
    steps = {cte.alias: cte.this for cte in tree.find_all(exp.CTE)}
    for select in branches(tree):
        yield from _columns_of(select, steps)


def _columns_of(select: exp.Select, steps: dict[str, exp.Query]) -> Iterator[tuple[str, exp.Expr]]:
    for one in select.selects:
        if not one.is_star:
            yield one.alias_or_name, one
            continue
        qualifier = one.table if isinstance(one, exp.Column) else ""
        for source in _sources(select):
            inner = source.this if isinstance(source, exp.Subquery) else steps.get(source.name)
            if inner is not None and qualifier in ("", source.alias_or_name):
                for branch in branches(inner):
                    yield from _columns_of(branch, steps)


def _sources(select: exp.Select) -> list[exp.Expr]:
    from_ = select.args.get("from_")
    joins = select.args.get("joins") or []
    return [part.this for part in (*([from_] if from_ else []), *joins)]


def _operands(node: exp.Expr) -> Iterator[object]:
    if isinstance(node, exp.Lag | exp.Lead | exp.Nullif):
        yield node.this
        return
    for value in node.args.values():
        yield from value if isinstance(value, list) else (value,)
