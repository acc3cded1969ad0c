"""The last look at what is about to leave: its shape, its day, its words, its references."""

import re
from collections import Counter

import pyarrow as pa
import pyarrow.compute as pc

from regulars.domain.errors import BadInput
from regulars.sinks.columns import ACTION_TYPES, CODE, MAY_BE_BLANK, REFERENCE, SUPPRESSED_TYPES
from regulars.sinks.manifest import ExportStamp
from regulars.sinks.wording import LISTS

UNSAFE_REFERENCE = "unsafe_reference"
EXPIRED = "expired_offer"
PRIVATE_WORDS = (
    r"(?i)loss[ _-]?mak|loss[ _-]?giv|unprofitable|bad[ _-]?customer|worst|blacklist|cheapskate"
    r"|亏损|虧損|不赚钱|赔钱|差客户|黑名单|羊毛党"
)
"""Judgements on a person that stay in the warehouse."""


def inspect_actions(actions: pa.Table, stamp: ExportStamp) -> pa.Table:
    """The actions in their published columns and order of priority.

    Raises BadInput naming the column and the row (counted from 1) of the first fault: a column
    missing, a blank, another day or policy, an unknown list, a customer twice, a private word.
    """
    table = _shape(actions, ACTION_TYPES)
    _refuse(pc.not_equal(table["business_date"], stamp.business_date), "business_date",
            f"is not the exported day {stamp.business_date}")  # fmt: skip
    _refuse(pc.not_equal(table["policy_version"], stamp.policy_version), "policy_version",
            f"is not the policy of this run, {stamp.policy_version}")  # fmt: skip
    _refuse_unknown_lists(table)
    _refuse_repeated_customers(table)
    for field in ACTION_TYPES:
        if field.type == pa.string() and field.name != "member_ref":
            said = pc.match_substring_regex(table[field.name], PRIVATE_WORDS)
            _refuse(pc.fill_null(said, False), field.name, "holds a word that must stay inside")
    return table.sort_by([("priority", "ascending"), ("customer_key", "ascending")])


def inspect_suppressed(suppressed: pa.Table) -> pa.Table:
    """The counts of what was left out. Raises BadInput for an unknown list or a bad code."""
    table = _shape(suppressed, SUPPRESSED_TYPES)
    _refuse_unknown_lists(table)
    is_code = pc.match_substring_regex(table["guardrail"], f"^(?:{CODE})$")
    _refuse(pc.invert(is_code), "guardrail", "is not a code of small letters")
    _refuse(pc.less(table["suppressed_count"], 0), "suppressed_count", "is below zero")
    return table


def blank_unsafe_references(actions: pa.Table) -> tuple[pa.Table, Counter[str]]:
    """Blank each member number that is not a plain reference; how many, by list.

    Such a number could act as a formula or carry free text; the row still leaves, by its key.
    """
    references = actions["member_ref"]
    is_plain = pc.and_(
        pc.match_substring_regex(references, f"^(?:{REFERENCE})$"),
        pc.invert(pc.match_substring_regex(references, PRIVATE_WORDS)),
    )
    unsafe = pc.invert(pc.fill_null(is_plain, True))
    position = actions.schema.get_field_index("member_ref")
    kept = pc.if_else(unsafe, pa.scalar(None, pa.string()), references)
    counts = Counter(actions.filter(unsafe)["list_name"].to_pylist())
    return actions.set_column(position, "member_ref", kept), counts


def says_private_words(text: str) -> bool:
    """Whether a text holds a judgement on a person that must stay in the warehouse."""
    return re.search(PRIVATE_WORDS, text) is not None


def drop_expired(actions: pa.Table, stamp: ExportStamp) -> tuple[pa.Table, Counter[str]]:
    """The actions that are still good on the day, and how many were not, by list.

    What ran out is not on the list any more, so the delta takes it back wherever it was sent.
    """
    is_good = pc.greater_equal(actions["expires_on"], pa.scalar(stamp.business_date))
    gone = Counter(actions.filter(pc.invert(is_good))["list_name"].to_pylist())
    return actions.filter(is_good), gone


def _shape(table: pa.Table, types: pa.Schema) -> pa.Table:
    missing = [name for name in types.names if name not in table.column_names]
    if missing:
        raise BadInput(f"column {', '.join(missing)} is missing", where="export")
    shaped = table.select(types.names).cast(types).combine_chunks()
    for name in types.names:
        if name not in MAY_BE_BLANK:
            _refuse(pc.is_null(shaped[name]), name, "is blank")
    return shaped


def _refuse_unknown_lists(table: pa.Table) -> None:
    unknown = pc.invert(pc.is_in(table["list_name"], pa.array(LISTS)))
    _refuse(unknown, "list_name", f"is none of {', '.join(LISTS)}")


def _refuse_repeated_customers(table: pa.Table) -> None:
    keys = table["customer_key"].to_pylist()
    counts = Counter(keys)
    repeated = pa.array([counts[key] > 1 for key in keys], pa.bool_())
    _refuse(repeated, "customer_key", "has more than one action on this day")


def _refuse(faults: pa.ChunkedArray, column: str, problem: str) -> None:
    """Raise BadInput for the first true value of `faults`."""
    row = pc.index(faults, pa.scalar(True)).as_py()
    if row >= 0:
        raise BadInput(
            f"{column} {problem}",
            where=f"export, row {row + 1}",
            next_move="correct the model or the policy that made this row; nothing was exported",
        )
