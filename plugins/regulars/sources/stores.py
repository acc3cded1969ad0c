"""Stores as a source calls them, and the rows of stores that a source may not speak for."""

from collections.abc import Sequence

import pyarrow as pa
import pyarrow.compute as pc

from regulars.domain.text_columns import ask_texts, change_texts, find_distinct
from regulars.policy import SourcePolicy
from regulars.sources.files import FileRefused, Finding, Reason
from regulars.sources.headers import fold

_SHOWN = 20


def translate_stores(
    texts: pa.Array | pa.ChunkedArray | None, count: int, source: SourcePolicy
) -> pa.DictionaryArray:
    """The group's own ids of the stores; names the policy does not map stay as they are.

    A file without a store column, or a blank cell, means the source's only store, if it has one.
    """
    only = source.stores[0] if len(source.stores) == 1 else ""
    if texts is None:
        texts = pa.repeat(pa.scalar("", pa.large_string()), count)
    known = {fold(name): store_id for name, store_id in source.store_map.items()}
    found = find_distinct(texts)
    own = [known.get(fold(name), name) if name else only for name in found.dictionary.to_pylist()]
    return change_texts(found, lambda _: pa.array(own, pa.large_string()))


def own_store(name: str, source: SourcePolicy) -> str:
    """The group's own id of a store as `translate_stores` has it; "" where it cannot be known."""
    known = {fold(theirs): store_id for theirs, store_id in source.store_map.items()}
    only = source.stores[0] if len(source.stores) == 1 else ""
    return known.get(fold(name), name) if name else only


def find_other_stores(
    file: str, store_ids: pa.Array | str, stores: Sequence[str]
) -> tuple[pa.Array | None, tuple[Finding, ...]]:
    """The rows of stores this source may not speak for (None: there are none), and which.

    Raises FileRefused where no row at all is of a store of this source: it is another one's file.
    """
    if not stores or isinstance(store_ids, str):
        return None, ()
    own = pa.array([*stores, ""], pa.large_string())
    allowed = ask_texts(store_ids, lambda texts: pc.is_in(texts, own))
    if pc.all(allowed).as_py() is not False:
        return None, ()
    others = sorted(set(store_ids.filter(pc.invert(allowed)).to_pylist()))
    shown = ", ".join(others[:_SHOWN]) + (", …" if len(others) > _SHOWN else "")
    if pc.any(allowed).as_py() is False:
        raise FileRefused(
            file, Reason.WRONG_STORE,
            f"none of its rows is of a store of this source; its stores are {shown}",
            "drop it in the folder of those stores, or add them to the source in the policy",
        )  # fmt: skip
    message = f"{file}: rows of stores that are not this source's were left out: {shown}"
    return pc.invert(allowed), (Finding(Reason.OTHER_STORES, message),)
