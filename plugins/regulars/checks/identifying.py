"""What people are recognised by in a typed batch: judged, and hashed under one key or two."""

from collections.abc import Iterator

import pandas as pd
import pyarrow as pa

from regulars.checks.context import CheckContext, Keys
from regulars.checks.parsing import LINEAGE, store_column
from regulars.domain.fields import Kind
from regulars.domain.identifiers import CONTACT_IDENTIFIERS, Unusable, is_word_for_nobody
from regulars.domain.records import fields_of

ALIASES = pa.schema({name: pa.string() for name in ("node_key", "key_before", LINEAGE[0])})
"""`identifier_aliases`: the same text hashed under the key in use and under the key before."""


def identifying_columns(entity: str) -> tuple[str, ...]:
    """The columns of a template that hold an identifier, under their names in the file."""
    own = tuple(one.name for one in fields_of(entity) if one.stored.kind is Kind.IDENTIFIER)
    return (*own, *(CONTACT_IDENTIFIERS if entity == "customers" else ()))


def reference_columns(entity: str) -> tuple[str, ...]:
    """The columns of a template that refer to a customer."""
    return tuple(one.name for one in fields_of(entity) if one.stored.kind is Kind.CUSTOMER)


def add_identifier_faults(entity: str, rows: pd.DataFrame, context: CheckContext) -> pd.DataFrame:
    """A copy of the rows with `<column>_fault`: why an identifier is unusable, if it is."""
    faults = {
        f"{column}_fault": context.judge_identifiers(*told)
        for column, told in _identifiers(entity, rows, context)
    }
    for column in reference_columns(entity):
        why = pd.Series(None, index=rows.index, dtype="str")
        faults[f"{column}_fault"] = why.mask(
            _names_nobody(rows[column]), Unusable.PLACEHOLDER.value
        )
    return rows.assign(**faults)


def key_columns(
    entity: str, rows: pd.DataFrame, context: CheckContext, keys: Keys
) -> dict[str, pd.Series]:
    """The keyed hashes of a batch under the names they are stored by."""
    columns = {
        field.stored_name: keys.pseudonymise(rows[field.name].mask(_names_nobody(rows[field.name])))
        for field in fields_of(entity)
        if field.stored.kind is Kind.CUSTOMER
    }
    if entity == "accounts":
        columns["account_key"] = keys.key_accounts(rows["account_id"])
    for column, told in _identifiers(entity, rows, context):
        columns[f"{column.removesuffix('_value')}_hash"] = keys.hash_identifiers(*told)
    return columns


def alias_keys(
    entity: str, rows: pd.DataFrame, context: CheckContext, before: Keys
) -> pd.DataFrame:
    """Every hash of the batch with the one the same text has under the key before, by file."""
    now = key_columns(entity, rows, context, context.keys)
    then = key_columns(entity, rows, context, before)
    file = LINEAGE[0]
    pairs = [
        pd.DataFrame({"node_key": now[name], "key_before": then[name], file: rows[file]})
        for name in now
    ]
    empty = pd.DataFrame({name: pd.Series(dtype="str") for name in ALIASES.names})
    found = pd.concat([empty, *pairs]).dropna().drop_duplicates()
    return found.sort_values([file, "node_key"], kind="stable")


def _names_nobody(refs: pd.Series) -> pd.Series:
    """Whether a reference is a word such as `null`: as a customer it would be a false big one."""
    nobodies = {ref for ref in refs.dropna().unique() if is_word_for_nobody(str(ref))}
    return refs.isin(nobodies)


def _identifiers(
    entity: str, rows: pd.DataFrame, context: CheckContext
) -> Iterator[tuple[str, tuple[pd.Series, pd.Series, pd.Series]]]:
    """Every identifying column with its types, its values and the countries of its rows."""
    columns = identifying_columns(entity)
    if not columns:
        return
    names = {name: rows[name] for name in ("store_id", "home_store_id") if name in rows}
    countries = context.rules_of(store_column(names, rows.index))["country"]
    for column in columns:
        if column == "identifier_value":
            types = rows["identifier_type"]
        else:
            types = pd.Series(column, index=rows.index, dtype="str")
        yield column, (types, rows[column], countries)
