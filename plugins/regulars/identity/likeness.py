"""How likely two contacts are one person: probabilistic comparison of name, phone and e-mail.

The weights are stated, not learned: a learned model of a few hundred contacts says what the few
hundred happen to look like, and another answer every day. The model is that of Fellegi and Sunter
(1969): each level of agreement has its chance among pairs of one person (m) and among pairs of two
(u). Importing this module needs the package splink: see requirements-suggestions.txt.
"""

from dataclasses import dataclass
from typing import Any

import pyarrow as pa
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

_ONE_OF = 0.0005
"""Chance that two contacts which share a block are one person, before looking closer."""
_NEAR = {
    "name": "jaro_winkler_similarity(name_l, name_r) >= 0.92",
    "phone": "damerau_levenshtein(phone_l, phone_r) <= 1",
    "email": "split_part(email_l, '@', 1) = split_part(email_r, '@', 1)",
}
_CHANCES = {
    "name": ((0.70, 0.001), (0.20, 0.002), (0.10, 0.997)),
    "phone": ((0.60, 0.0001), (0.10, 0.0005), (0.30, 0.9994)),
    "email": ((0.60, 0.0001), (0.10, 0.0020), (0.30, 0.9979)),
}
_BLOCKS = (("phone",), ("email",), ("mailbox",), ("rare_name",), ("phone_start", "initial"))
FIELDS = tuple(_NEAR)
_AGREES, _IS_NEAR = 2, 1


@dataclass(frozen=True)
class Likeness:
    """Two contacts, how likely they are one person, and what agrees fully and nearly."""

    contact: str
    other_contact: str
    probability: float
    same: tuple[str, ...]
    near: tuple[str, ...]


def find_likely_pairs(contacts: pa.Table, at_least: float) -> list[Likeness]:
    """The pairs of contacts that are one person with at least this probability, likeliest first.

    `contacts` has `unique_id`, what is compared (`name`, `phone`, `email`) and what pairs are
    looked for by (`mailbox`, `rare_name`, `phone_start`, `initial`); blanks are missing.
    """
    if contacts.num_rows < 2:
        return []
    table = DuckDBAPI().register(contacts)
    linker = Linker(table, _settings(), log_level=None)
    found = linker.inference.predict(threshold_match_probability=at_least)
    pairs = [_likeness(row) for row in found.as_pyarrow_table().to_pylist()]
    return sorted(pairs, key=lambda pair: (-pair.probability, pair.contact, pair.other_contact))


def _settings() -> SettingsCreator:
    return SettingsCreator(
        link_type="dedupe_only",
        comparisons=[_comparison(field) for field in FIELDS],
        blocking_rules_to_generate_predictions=[block_on(*columns) for columns in _BLOCKS],
        probability_two_random_records_match=_ONE_OF,
    )


def _comparison(field: str) -> dict[str, Any]:
    left, right = f"{field}_l", f"{field}_r"
    blank = {"sql_condition": f"{left} is null or {right} is null", "is_null_level": True}
    levels = zip((f"{left} = {right}", _NEAR[field], "ELSE"), _CHANCES[field], strict=True)
    stated = [
        {"sql_condition": condition, "m_probability": chance[0], "u_probability": chance[1]}
        for condition, chance in levels
    ]
    return {"output_column_name": field, "comparison_levels": [blank, *stated]}


def _likeness(row: dict[str, Any]) -> Likeness:
    one, other = sorted((str(row["unique_id_l"]), str(row["unique_id_r"])))
    agreed = {field: row[f"gamma_{field}"] for field in FIELDS}
    return Likeness(
        contact=one,
        other_contact=other,
        probability=float(row["match_probability"]),
        same=tuple(field for field in FIELDS if agreed[field] == _AGREES),
        near=tuple(field for field in FIELDS if agreed[field] == _IS_NEAR),
    )
