"""Clauses that some engine lacks, or reads in its own way."""

from collections.abc import Iterator

from sqlglot import exp

from regulars.models.model import EXTERNAL
from regulars.models.portable.breach import Breach


def joins(tree: exp.Expr) -> Iterator[Breach]:
    """Joins that some engine lacks, and tables that name their schema."""
    for join in tree.find_all(exp.Join):
        how = f"{join.method} {join.kind}".strip().lower()
        if how not in ("", "inner", "cross", "outer"):
            yield Breach(join, f"a {how} join", "write a plain join, or exists (...)")
    for table in tree.find_all(exp.Table):
        if table.args.get("db"):
            yield Breach(table, "a table with a schema", "name the table alone")


def clauses(tree: exp.Expr) -> Iterator[Breach]:
    """Clauses that some engine lacks, or that pick rows by chance."""
    for clause in tree.find_all(exp.Group, exp.Order):
        words = [part.name.lower() for part in clause.find_all(exp.Var)]
        if clause.args.get("all") or "all" in words:
            yield Breach(clause, "by all", "list the columns")
    for node in tree.find_all(exp.With, exp.SetOperation):
        if node.args.get("recursive"):
            yield Breach(node, "a recursive step", "iterate in Python over a model without it")
        if node.args.get("by_name"):
            yield Breach(node, "by name", "list the columns in one order")
    for limit in tree.find_all(exp.Limit, exp.Offset):
        is_empty = isinstance(limit, exp.Limit) and limit.expression.name == "0"
        if limit.parent and not limit.parent.args.get("order") and not is_empty:
            yield Breach(limit, "limit without order by", "order by a key")


def frames(tree: exp.Expr) -> Iterator[Breach]:
    """Frames of windows and places of subqueries that Spark or Sail does not have."""
    for frame in tree.find_all(exp.WindowSpec):
        if frame.text("kind").lower() not in ("rows", "range") or frame.args.get("exclude"):
            yield Breach(frame, "a frame of groups or with exclude", "write rows between ...")
    for query in tree.find_all(exp.In, exp.Exists):
        is_query = isinstance(query, exp.Exists) or query.args.get("query")
        if is_query and not _is_condition(query):
            yield Breach(query, "a subquery as a value: Sail has none", "join it, then is not null")


def distincts(tree: exp.Expr) -> Iterator[Breach]:
    """Rows and single values are made distinct, not more."""
    for distinct in tree.find_all(exp.Distinct):
        if distinct.args.get("on"):
            yield Breach(distinct, "distinct on", "row_number() in a step, then where it is 1")
        if isinstance(distinct.parent, exp.Count) and len(distinct.expressions) > 1:
            yield Breach(distinct, "count(distinct) of two columns", "count the rows of a step")


def _is_condition(node: exp.Expr) -> bool:
    """Whether a node stands in a where or a join, and not among the columns."""
    select = node.find_ancestor(exp.Select)
    clause = node.find_ancestor(exp.Where, exp.Having, exp.Join)
    return clause is not None and clause.find_ancestor(exp.Select) is select


def stars(tree: exp.Expr) -> Iterator[Breach]:
    """`select *` repeats a step or a model; tables from outside are read column by column."""
    for star in tree.find_all(exp.Star):
        if star.args.get("except_") or star.args.get("replace") or star.args.get("rename"):
            yield Breach(star.parent or star, "* with exclude or replace", "list the columns")
        select = star.find_ancestor(exp.Select)
        if isinstance(star.parent, exp.Count) or select is None:
            continue
        if select.args.get("qualify") and len(select.expressions) > 1:
            yield Breach(star.parent or star, "* beside other columns under qualify", "list them")
        tables = [
            one for one in select.find_all(exp.Table) if one.find_ancestor(exp.Select) is select
        ]
        if outside := [one for one in tables if one.name.startswith(EXTERNAL)]:
            yield Breach(outside[0], f"* from {outside[0].name}", "list the columns")
