"""A change of the identity key: while two keys are held, both hashes of everything are kept."""

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from regulars.domain.errors import BadInput
from regulars.engines import Warehouse
from regulars.identity.aliases import oldest_keys
from regulars.identity.normalising import NormalisingRules
from regulars.identity.recognising import Recogniser
from regulars.sources.landing import land
from regulars.steps.raw_tables import CONTACT_TABLE, IDENTITY
from regulars.steps.runtime import Run

ALIAS_FOLDER = "identifier_aliases"
_TABLE = "raw_identifier_aliases"
_CONTACTS = (
    "select contacts.customer_key, contacts.member_ref, contacts.phone, contacts.email,"
    " contacts.source_system, customers.home_store_id from restricted_contacts as contacts"
    " left join raw_customers as customers"
    " on contacts.source_file_sha256 = customers.source_file_sha256"
    " and contacts.source_row = customers.source_row"
)


def recogniser_of(run: Run) -> Recogniser:
    """How people are recognised under the identity key in use."""
    return _recogniser(run, run.settings.identity_secret, run.settings.identity_key_id)


def recogniser_before(run: Run) -> Recogniser | None:
    """The same under the key before, while it is held. Raises BadInput for half a setting."""
    key, key_id = run.settings.identity_key_before, run.settings.identity_key_id_before
    if not key and not key_id:
        return None
    if not key or not key_id or key_id == run.settings.identity_key_id:
        raise BadInput(
            "the key before needs REGULARS_IDENTITY_KEY_BEFORE and another key id in"
            " REGULARS_IDENTITY_KEY_ID_BEFORE",
            next_move="give both, or neither; see docs/howto/identity.md",
        )
    return _recogniser(run, key.encode(), key_id)


def alias_contacts(warehouse: Warehouse, run: Run) -> int:
    """Land both hashes of everybody in the contact table, once; returns how many pairs."""
    before = recogniser_before(run)
    if before is None:
        return 0
    contacts = warehouse.query(_CONTACTS).to_pandas().astype("str")
    pairs = pd.concat(_pairs(contacts, _countries(run, contacts), recogniser_of(run), before))
    pairs = pairs.dropna().drop_duplicates().sort_values("node_key", kind="stable")
    table = pa.Table.from_pandas(pairs, pa.schema(_LANDED), preserve_index=False)
    digest = sha256("\n".join(pairs["node_key"]).encode()).hexdigest()
    land(table, ALIAS_FOLDER, CONTACT_TABLE, digest, run.settings.landing_folder)
    return int(table.num_rows)


def load_aliases(warehouse: Warehouse, landing: Path) -> None:
    """Load which hash was the first of each; what was ever landed stays true for good."""
    paths = sorted(landing.glob(f"*/{ALIAS_FOLDER}/*.parquet"))
    if not paths:
        return
    landed = pa.concat_tables(pq.read_table(path, columns=list(_LANDED)) for path in paths)
    oldest = oldest_keys(landed.to_pandas())
    rows = pa.Table.from_pandas(oldest, IDENTITY[_TABLE], preserve_index=False)
    warehouse.load(_TABLE, rows.sort_by("node_key"))


_LANDED = {"node_key": pa.string(), "key_before": pa.string()}


def _recogniser(run: Run, secret: bytes, key_id: str) -> Recogniser:
    policy = run.policy.identity
    rules = NormalisingRules(policy.virtual_phone_prefixes, frozenset(policy.shared_mailboxes))
    return Recogniser(secret, key_id, run.policy.name, rules)


def _countries(run: Run, contacts: pd.DataFrame) -> pd.Series:
    """Where the phone numbers of contacts belong: the home store's country, else the source's."""
    stores = {store.store_id: store.country for store in run.policy.stores}
    sources = {source.name: source.country for source in run.policy.sources}
    own = contacts["home_store_id"].map(stores)
    return own.fillna(contacts["source_system"].map(sources)).fillna("").astype("str")


def _pairs(
    contacts: pd.DataFrame, countries: pd.Series, people: Recogniser, before: Recogniser
) -> Iterator[pd.DataFrame]:
    refs = contacts["member_ref"]
    yield pd.DataFrame(
        {"node_key": people.pseudonymise(refs), "key_before": before.pseudonymise(refs)}
    )
    for kind in ("phone", "email"):
        told = (pd.Series(kind, contacts.index, dtype="str"), contacts[kind], countries)
        yield pd.DataFrame(
            {
                "node_key": people.hash_identifiers(*told),
                "key_before": before.hash_identifiers(*told),
            }
        )
