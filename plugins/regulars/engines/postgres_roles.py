"""Who may do what on a PostgreSQL warehouse: five roles without a login, as SQL from one place.

People and programs get logins of their own from the database's administrator, and one of these
roles each. Everything here may be run again: what is there already stays.
"""

# ruff: noqa: S608  (names are constants or checked identifiers)

from collections.abc import Iterable, Sequence

from regulars.engines.names import quoted
from regulars.engines.published import MART, PARTS

OWNER, ETL = "regulars_owner", "regulars_etl"
BI, MARKETING, PRIVACY = "regulars_bi", "regulars_marketing", "regulars_privacy"
MEANINGS = {
    OWNER: "owns the schemas and may maintain every table",
    ETL: "runs the pipeline: owns the tables, is no superuser",
    BI: "reads the published tables",
    MARKETING: "reads the published action lists and what explains them",
    PRIVACY: "reads the contact details and nothing else",
}
CONTACTS = "restricted_contacts"

ROLE_OF_THE_RUN = f"""
select cast('{ETL}' as text) as role
from pg_roles
where rolname = '{ETL}' and rolname <> current_user and pg_has_role(current_user, oid, 'member')
    and has_schema_privilege(oid, current_schema(), 'create')
"""
"""The role a run takes on: it owns what it makes, whichever login it came in with."""

READERS = f"""
select rolname::text as role
from pg_roles
cross join (select current_schema() as name union select to_regnamespace('{MART}')::text) as ours
where rolname in ('{BI}', '{MARKETING}', '{PRIVACY}')
    and has_schema_privilege(pg_roles.oid, ours.name, 'usage')
    and not rolsuper
"""
"""The readers' roles that the owner let into this warehouse."""


def role_statements(home: str, for_marketing: Sequence[str]) -> list[str]:
    """The statements that make the roles and give them their rights, in order.

    `home` is the schema of the warehouse's own tables; `for_marketing` are published tables.
    """
    return [
        *(_role(name, meaning) for name, meaning in MEANINGS.items()),
        f"grant {ETL} to {OWNER}",
        _to_whoever_applies_this(),
        *_schemas(home),
        *_database(home),
        *_on_what_is_there(home, for_marketing),
        *_on_what_will_be(),
    ]


def reader_grants(table: str, is_for_marketing: bool, roles: Iterable[str]) -> list[str]:
    """What the readers among these roles get on a published table."""
    entitled = {BI, MARKETING} if is_for_marketing else {BI}
    return [
        f"grant select on {MART}.{quoted(table)} to {role}" for role in sorted(entitled & {*roles})
    ]


def _role(name: str, meaning: str) -> str:
    return _block(
        f"if not exists (select from pg_roles where rolname = '{name}') then"
        f" create role {name} nologin; end if;"
        f" execute format('comment on role {name} is %L', '{meaning}');"
    )


def _to_whoever_applies_this() -> str:
    """Without being a superuser one hands over only to roles that one belongs to."""
    return _block(
        "if not (select rolsuper from pg_roles where rolname = current_user) then"
        f" execute format('grant {OWNER}, {ETL} to %I', current_user); end if;"
    )


def _schemas(home: str) -> list[str]:
    names = list(dict.fromkeys((home, MART, PARTS, "public")))
    own = names if home == "public" else names[:-1]
    statements = [f"create schema if not exists {quoted(name)}" for name in own]
    statements += [f"alter schema {quoted(name)} owner to {OWNER}" for name in own]
    statements += [f"revoke all on schema {quoted(name)} from public" for name in names]
    statements += [f"grant usage, create on schema {quoted(name)} to {ETL}" for name in own]
    statements.append(f"grant usage on schema {MART} to {BI}, {MARKETING}")
    statements.append(f"grant usage on schema {quoted(home)} to {PRIVACY}")
    return statements


def _database(home: str) -> list[str]:
    """The database is for the roles alone; a reader's first schema is the published one."""
    path = ", ".join(dict.fromkeys((quoted(home), MART, "public")))
    everybody = ", ".join(MEANINGS)
    return [
        _on_database("revoke all on database %I from public"),
        _on_database(f"grant connect on database %I to {everybody}"),
        _on_database(f"grant temporary on database %I to {OWNER}, {ETL}, {BI}"),
        _on_database(f"alter database %I set search_path = {path}"),
    ]


def _on_what_is_there(home: str, for_marketing: Sequence[str]) -> list[str]:
    schemas = ", ".join(f"'{name}'" for name in dict.fromkeys((home, MART, PARTS)))
    lists = ", ".join(f"'{name}'" for name in for_marketing) or "''"
    return [
        _each(
            f"relnamespace in (select oid from pg_namespace where nspname in ({schemas}))"
            " and relkind in ('r', 'p', 'v') and"
            f" pg_get_userbyid(relowner) not in ('{ETL}', '{OWNER}')",
            f"alter table %s owner to {ETL}",
        ),
        f"grant select on all tables in schema {MART} to {BI}",
        _each(
            f"relnamespace = '{MART}'::regnamespace and relname in ({lists})",
            f"grant select on %s to {MARKETING}",
        ),
        _each(
            f"oid = to_regclass('{quoted(home)}.{CONTACTS}')", f"grant select on %s to {PRIVACY}"
        ),
    ]


def _on_what_will_be() -> list[str]:
    """Marketing's tables and the contact details get their grants from the run that makes them."""
    return [
        f"alter default privileges for role {role} in schema {MART} grant select on tables to {BI}"
        for role in (OWNER, ETL)
    ]


def _on_database(statement: str) -> str:
    return _block(f"execute format('{statement}', current_database());")


def _each(condition: str, statement: str) -> str:
    """The same statement for every relation that meets a condition."""
    return _block(
        f"for one in select oid::regclass as name from pg_class where {condition} order by oid"
        f" loop execute format('{statement}', one.name); end loop;",
        declared="declare one record; ",
    )


def _block(body: str, declared: str = "") -> str:
    return f"do $do$ {declared}begin {body} end $do$"
