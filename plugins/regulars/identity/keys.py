"""Pseudonyms of customers: HMAC-SHA-256 under a secret, with the id of the key that made them.

A plain hash of a phone number can be undone by trying all phone numbers; a keyed one cannot
without the secret. Rotating the secret means another `key_id`, hence other pseudonyms.
"""

import hmac
import re

import pandas as pd

_KEY_ID = re.compile(r"[a-z0-9]{1,16}")
_SHORTEST_SECRET = 16
_HEX_DIGITS = 20
_SEPARATOR = "\x1f"
_ACCOUNT = "a"


def customer_key(ref: str | None, secret: bytes, key_id: str, scope: str) -> str | None:
    """The pseudonym `c_<key_id>_<20 hex digits>` of a source's customer reference.

    `scope` is a constant of the group: with the same scope the same reference in a till's
    file and in a CRM file is the same customer. Spaces around the reference do not count;
    a blank or missing reference has no pseudonym. Raises ValueError for a bad key.
    """
    _refuse_bad_key(secret, key_id)
    return _pseudonym(ref or "", secret, key_id, scope)


def customer_keys(refs: pd.Series, secret: bytes, key_id: str, scope: str) -> pd.Series:
    """`customer_key` for a column of text, on the same index; each reference is hashed once."""
    _refuse_bad_key(secret, key_id)
    codes, distinct = pd.factorize(refs.astype("str"))
    keys = [_pseudonym(str(ref), secret, key_id, scope) for ref in distinct]
    # A missing reference has code -1 and so takes the last entry.
    pool = pd.Series([*keys, None], dtype="str")
    return pd.Series(pool.array.take(codes % len(pool)), index=refs.index, name=refs.name)


def account_keys(ids: pd.Series, secret: bytes, key_id: str, scope: str) -> pd.Series:
    """The pseudonyms `a_<key_id>_<20 hex digits>` of business accounts, on the same index.

    An account that no customer profile stands for is a customer under this key.
    """
    kinds = pd.Series(_ACCOUNT, index=ids.index, dtype="str")
    return identifier_hashes(kinds, ids, secret, key_id, scope)


def identifier_hashes(
    types: pd.Series, values: pd.Series, secret: bytes, key_id: str, scope: str
) -> pd.Series:
    """The keyed hashes `<type>_<key_id>_<20 hex digits>` of identifiers, on the same index.

    The same text under another type is another identifier. Missing values stay missing.
    """
    _refuse_bad_key(secret, key_id)
    pairs = pd.Series(list(zip(types, values, strict=True)), index=values.index, dtype="object")
    known = values.notna()
    codes, distinct = pd.factorize(pairs[known])
    hashes = pd.Series(
        [_identifier_hash(str(kind), str(text), secret, key_id, scope) for kind, text in distinct],
        dtype="str",
    )
    taken = pd.Series(hashes.array.take(codes), index=values.index[known], dtype="str")
    return taken.reindex(values.index)


def _identifier_hash(kind: str, text: str, secret: bytes, key_id: str, scope: str) -> str:
    message = _SEPARATOR.join((scope, kind, text)).encode()
    return f"{kind}_{key_id}_{hmac.digest(secret, message, 'sha256').hex()[:_HEX_DIGITS]}"


def _pseudonym(ref: str, secret: bytes, key_id: str, scope: str) -> str | None:
    stripped = ref.strip()
    if not stripped:
        return None
    message = f"{scope}{_SEPARATOR}{stripped}".encode()
    return f"c_{key_id}_{hmac.digest(secret, message, 'sha256').hex()[:_HEX_DIGITS]}"


def _refuse_bad_key(secret: bytes, key_id: str) -> None:
    if len(secret) < _SHORTEST_SECRET:
        raise ValueError(
            f"the identity key has {len(secret)} bytes: give one of {_SHORTEST_SECRET} or more"
        )
    if not _KEY_ID.fullmatch(key_id):
        raise ValueError(f'the identity key id "{key_id}" must be 1 to 16 of a-z and 0-9')
