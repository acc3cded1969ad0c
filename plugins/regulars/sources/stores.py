"""Stores as a source calls them, and the rows of stores that a source may not speak for."""

from collections.abc import Sequence

import pyarrow as pa
import pyarrow.compute as pc

from regulars.policy import SourcePolicy
from regulars.sources.files import FileRefused, Finding, Reason
from regulars.sources.headers import fold

_SHOWN = 20


def translate_stores(
    texts: pa.ChunkedArray | None, count: int, source: SourcePolicy
) -> pa.ChunkedArray:
    """The group's own ids of the stores; names the policy does not map stay as they are.

    A file without a store column, or a blank cell, means the source's only store, if it has one.
    """
    only = source.stores[0] if len(source.stores) == 1 else ""
    if texts is None:
        return pa.chunked_array([pa.repeat(pa.scalar(only, pa.large_string()), count)])
    known = {fold(name): store_id for name, store_id in source.store_map.items()}
    names = pc.unique(texts).to_pylist()
    own = [known.get(fold(name), name) if name else only for name in names]
    places = pc.index_in(texts, pa.array(names, texts.type))
    return pa.chunked_array([pa.array(own, pa.large_string()).take(places.combine_chunks())])


def own_store(name: str, source: SourcePolicy) -> str:
    """The group's own id of a store as `translate_stores` has it; "" where it cannot be known."""
    known = {fold(theirs): store_id for theirs, store_id in source.store_map.items()}
    only = source.stores[0] if len(source.stores) == 1 else ""
    return known.get(fold(name), name) if name else only


def find_other_stores(
    file: str, store_ids: pa.ChunkedArray | str, stores: Sequence[str]
) -> tuple[pa.Array | None, tuple[Finding, ...]]:
    """The rows of stores this source may not speak for (None: there are none), and which.

    Raises FileRefused where no row at all is of a store of this source: it is another one's file.
    """
    if not stores or isinstance(store_ids, str):
        return None, ()
    allowed = pc.is_in(store_ids, pa.array([*stores, ""], store_ids.type))
    if pc.all(allowed).as_py() is not False:
        return None, ()
    others = sorted(pc.unique(store_ids.filter(pc.invert(allowed))).to_pylist())
    shown = ", ".join(others[:_SHOWN]) + (", …" if len(others) > _SHOWN else "")
    if pc.any(allowed).as_py() is False:
        raise FileRefused(
            file, Reason.WRONG_STORE,
            f"none of its rows is of a store of this source; its stores are {shown}",
            "drop it in the folder of those stores, or add them to the source in the policy",
        )  # fmt: skip
    message = f"{file}: rows of stores that are not this source's were left out: {shown}"
    return pc.invert(allowed), (Finding(Reason.OTHER_STORES, message),)
