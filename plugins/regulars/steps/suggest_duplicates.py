"""Suggest: contacts that may be one person, for a person to look at. Nothing is ever changed."""

import csv
import io
import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa

from regulars.domain.errors import RegularsError
from regulars.engines import Warehouse
from regulars.steps.raw_tables import ensure_tables
from regulars.steps.runtime import Receipt, Run, start

_SHARED_BY = 5
"""A phone or an e-mail that more contacts share is a switchboard's, and tells nothing."""
_COMMON_NAME = 100
_SHORTEST_PHONE = 7
COLUMNS = ("customer_ref", "other_customer_ref", "match_probability", "same", "nearly_same")
_CONTACTS = (
    "select contacts.customer_key, contacts.member_ref, contacts.display_name, contacts.phone,"
    " contacts.email, coalesce(people.customer_key, contacts.customer_key) as person_key"
    " from restricted_contacts as contacts"
    " left join ops_identity_map as people on contacts.customer_key = people.node_key"
    " where not exists (select 1 from raw_customers where raw_customers.is_profiling_opt_out"
    " and raw_customers.customer_key = contacts.customer_key)"
    " order by contacts.customer_key, contacts.source_file_sha256, contacts.source_row"
)
_DECIDED = (
    "select coalesce(ones.customer_key, decided.customer_key) as person_key,"
    " coalesce(others.customer_key, decided.other_customer_key) as other_person_key"
    " from raw_customer_overrides as decided"
    " left join ops_identity_map as ones on decided.customer_key = ones.node_key"
    " left join ops_identity_map as others on decided.other_customer_key = others.node_key"
    " where decided.override_kind in ('same_customer', 'different_customer')"
    " and decided.decided_on <= :day and coalesce(decided.valid_to, :day) >= :day"
)
_Finder = Callable[[pa.Table, float], list[Any]]


def suggest_duplicates(business_date: str, at_least: float = 0.8) -> Receipt:
    """Write likely duplicates to `review/`, readable by the owner alone; returns how many.

    Left out are pairs that are one person already, pairs that somebody has decided about, and
    whoever does not want to be profiled. Raises RegularsError when the extra is not installed.
    """
    run = start(business_date)
    find = _finder()
    with run.warehouse() as warehouse:
        ensure_tables(warehouse)
        contacts = _read_contacts(warehouse)
        decided = _read_decided(warehouse, run)
    rows = _undecided(find(comparable(contacts), at_least), contacts, decided)
    path = run.settings.review_folder / f"duplicates_{run.business_date}.csv"
    _write_private(path, rows)
    return {"pairs": len(rows), "file": str(path)}


def comparable(contacts: pd.DataFrame) -> pa.Table:
    """Contacts in one spelling, with what pairs are looked for by; blanks are missing."""
    name = contacts["display_name"].str.casefold().str.strip().str.replace(r"\s+", " ", regex=True)
    email = contacts["email"].str.strip().str.casefold()
    digits = contacts["phone"].str.replace(r"\D", "", regex=True).str[-10:]
    is_usable = ~contacts["phone"].str.contains("*", regex=False, na=True)
    phone = digits.where(is_usable & (digits.str.len() >= _SHORTEST_PHONE))
    columns = {
        "unique_id": contacts["customer_key"],
        "name": name,
        "phone": _unless_shared(phone, _SHARED_BY),
        "email": _unless_shared(email.where(email.str.contains("@", na=False)), _SHARED_BY),
        "rare_name": _unless_shared(name, _COMMON_NAME),
        "initial": name.str[:1],
    }
    columns["mailbox"] = columns["email"].str.replace("@.*", "", regex=True)
    columns["phone_start"] = columns["phone"].str[:-3]
    texts = {key: column.where(column.str.len() > 0) for key, column in columns.items()}
    return pa.table({key: pa.array(column, pa.string(), from_pandas=True)
                     for key, column in texts.items()})  # fmt: skip


def _finder() -> _Finder:
    try:
        from regulars.identity.likeness import find_likely_pairs
    except ModuleNotFoundError as error:
        if error.name != "splink":
            raise
        raise RegularsError(
            "suggestions need the package splink, which is not installed",
            next_move="pip install -r requirements-suggestions.txt, then run this again",
        ) from error
    return find_likely_pairs


def _read_contacts(warehouse: Warehouse) -> pd.DataFrame:
    """One row per reference: of several the one that comes first by file and row."""
    rows: pd.DataFrame = warehouse.query(_CONTACTS).to_pandas().astype("str")
    return rows.drop_duplicates("customer_key").reset_index(drop=True)


def _read_decided(warehouse: Warehouse, run: Run) -> set[frozenset[str]]:
    rows = warehouse.query(_DECIDED, day=run.business_date).to_pylist()
    return {frozenset((row["person_key"], row["other_person_key"])) for row in rows}


def _undecided(
    pairs: Iterable[Any], contacts: pd.DataFrame, decided: set[frozenset[str]]
) -> list[tuple[str, ...]]:
    """The best pair of every two persons nobody has decided about, as rows of the file."""
    known = contacts.set_index("customer_key")
    seen = set(decided)
    rows: list[tuple[str, ...]] = []
    for pair in pairs:
        one, other = known.loc[pair.contact], known.loc[pair.other_contact]
        persons = frozenset((one["person_key"], other["person_key"]))
        if len(persons) == 2 and persons not in seen:
            seen.add(persons)
            rows.append((
                str(one["member_ref"]), str(other["member_ref"]), f"{pair.probability:.4f}",
                " ".join(pair.same), " ".join(pair.near),
            ))  # fmt: skip
    return rows


def _unless_shared(column: pd.Series, by: int) -> pd.Series:
    return column.where(column.map(column.value_counts()) <= by).astype("str")


def _write_private(path: Path, rows: Iterable[tuple[str, ...]]) -> None:
    """Write beside, then swap in; the folder and the file are their owner's alone."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.parent.chmod(0o700)
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([COLUMNS, *rows])
    partial = path.with_suffix(".writing")
    partial.unlink(missing_ok=True)
    descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text.getvalue())
    partial.replace(path)
