"""Keeping the views, grants and comments upon a PostgreSQL table that is swapped.

PostgreSQL ties a view to the table itself, not to its name: dropping the old table would
fail. So the views upon it are written down, dropped and created again in the transaction of
the swap. A view that does not fit the new columns, or that is not ours to drop, is lost, as is a
materialized view: it would have to be computed again. Whoever swaps drops with `cascade`.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from regulars.engines.errors import StatementFailed

_DEPENDENTS = """
with recursive upon(oid, depth) as (
    select to_regclass('{name}')::oid, 0
    union
    select rule.ev_class, upon.depth + 1
    from upon
    join pg_depend as link
        on link.refobjid = upon.oid
        and link.refclassid = 'pg_class'::regclass
        and link.classid = 'pg_rewrite'::regclass
    join pg_rewrite as rule on rule.oid = link.objid and rule.ev_class <> upon.oid
)
select
    relation.oid::bigint as oid,
    relation.oid::regclass::text as name,
    max(upon.depth)::bigint as depth,
    relation.relkind::text as kind,
    pg_get_userbyid(relation.relowner)::text as owner,
    pg_has_role(relation.relowner, 'usage') as is_ours,
    case when max(upon.depth) > 0 then pg_get_viewdef(relation.oid) end as definition
from upon
join pg_class as relation on relation.oid = upon.oid
where upon.depth = 0 or relation.relkind in ('v', 'm')
group by relation.oid
order by depth, name
"""

_GRANTS = """
select format(
    'grant %s on %s to %s%s',
    granted.privilege_type,
    relation.oid::regclass,
    case when granted.grantee = 0 then 'public' else quote_ident(role.rolname) end,
    case when granted.is_grantable then ' with grant option' else '' end
) as statement
from pg_class as relation
cross join lateral aclexplode(relation.relacl) as granted
left join pg_roles as role on role.oid = granted.grantee
where relation.oid = {oid} and granted.grantee <> relation.relowner
order by statement
"""

_COMMENTS = """
select format(
    'comment on %s %s%s is %L',
    case when note.objsubid = 0 then 'view' else 'column' end,
    note.objoid::regclass,
    case when note.objsubid = 0 then '' else '.' || quote_ident(part.attname) end,
    note.description
) as statement
from pg_description as note
left join pg_attribute as part
    on part.attrelid = note.objoid and part.attnum = note.objsubid
where note.objoid = {oid} and note.classoid = 'pg_class'::regclass
order by note.objsubid
"""

Run = Callable[[str, str], None]
Rows = Callable[[str, str], list[dict[str, Any]]]


@contextmanager
def dependents_kept(name: str, run: Run, rows: Rows) -> Iterator[list[str]]:
    """Within a transaction: drop the views upon a relation, let it be swapped, restore them.

    The relation is given by its quoted name. The list has the views that are lost, afterwards.
    """
    relations = rows(_DEPENDENTS.format(name=name), name)
    views = [relation for relation in relations if relation["depth"]]
    ours = [view for view in views if view["is_ours"] and view["kind"] == "v"]
    grants = _statements(_GRANTS, [one for one in relations if not one["depth"]], rows)
    restored = [(view["name"], _restoring(view, rows)) for view in ours]
    # Highest first, as a reader takes its locks: the other way round the two would deadlock.
    for view in reversed(ours):
        run(f"lock table {view['name']} in access exclusive mode", name)
    for view in reversed(ours):
        run(f"drop view {view['name']} cascade", name)
    lost = [view["name"] for view in views if view not in ours]
    yield lost
    for statement in grants:
        run(statement, name)
    lost += [view for view, statements in restored if not _restore(view, statements, run)]


def views_upon(name: str, rows: Rows) -> dict[int, str]:
    """The views upon a relation, and the views upon these, by their numbers."""
    relations = rows(_DEPENDENTS.format(name=name), name)
    return {int(one["oid"]): one["name"] for one in relations if one["depth"]}


def _restoring(view: dict[str, Any], rows: Rows) -> list[str]:
    create = f"create view {view['name']} as {view['definition']}"
    owner = f'alter view {view["name"]} owner to "{view["owner"]}"'
    notes = [*_statements(_GRANTS, [view], rows), *_statements(_COMMENTS, [view], rows)]
    return [create, owner, *notes]


def _statements(template: str, relations: list[dict[str, Any]], rows: Rows) -> list[str]:
    return [
        row["statement"]
        for relation in relations
        for row in rows(template.format(oid=int(relation["oid"])), relation["name"])
    ]


def _restore(view: str, statements: list[str], run: Run) -> bool:
    run("savepoint before_view", view)
    try:
        for statement in statements:
            run(statement, view)
    except StatementFailed as error:
        if not error.sqlstate.startswith("42"):
            raise
        run("rollback to savepoint before_view", view)
        return False
    return True
