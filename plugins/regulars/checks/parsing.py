"""A batch of text becomes a typed batch, column by column, by the template of its entity."""

from dataclasses import dataclass

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from regulars.checks import cells
from regulars.checks.context import CheckContext
from regulars.domain.business_day import local_times
from regulars.domain.fields import KEYED, Kind
from regulars.domain.money import exponent_of
from regulars.domain.records import Field, fields_of

LINEAGE = ("source_file_sha256", "source_row")
NO_FAULTS = {"batch_row": pd.Series(dtype="int64"), "reason": pd.Series(dtype="str")}


@dataclass(frozen=True)
class Parsed:
    """A typed batch. All three frames count rows by their place in the batch (`batch_row`).

    rows: one column per field under its stored name (customer references, identifiers and contact
    details still as written, times in the store's clock), plus `source_file_sha256`, `source_row`
    and, for orders, `closed_at` where the file itself gave an instant (UTC).
    rules: time zone, cut-off and currency that hold for each row.
    faults: one `reason` (`code:column`) per cell that could not be read.
    """

    rows: pd.DataFrame
    rules: pd.DataFrame
    faults: pd.DataFrame


def parse(entity: str, frame: pd.DataFrame, context: CheckContext) -> Parsed:
    """Read a batch of text by the template of `entity`; a template column may be absent."""
    texts = {
        field.name: clean_text(frame[field.name])
        if field.name in frame
        else pd.Series(None, index=frame.index, dtype="str")
        for field in fields_of(entity)
    }
    rules = context.rules_of(store_column(texts, frame.index))
    if "currency_code" in texts:
        texts["currency_code"] = texts["currency_code"].str.upper()
        rules["currency_code"] = texts["currency_code"].fillna(rules["currency_code"])
    reader = _Reader(rules)
    for field in fields_of(entity):
        reader.read(field, texts[field.name])
    if "currency_code" in texts:
        reader.columns["currency_code"] = rules["currency_code"]
    columns = reader.columns | {name: frame[name] for name in LINEAGE}
    faults = pd.concat([pd.DataFrame(NO_FAULTS), *reader.faults], ignore_index=True)
    return Parsed(pd.DataFrame(columns), rules, faults)


def clean_text(column: pd.Series) -> pd.Series:
    """Text without spaces around it; blank cells become missing."""
    array = pa.array(column, pa.large_string(), from_pandas=True)
    trimmed = pc.utf8_trim_whitespace(array)
    filled = pc.if_else(pc.equal(trimmed, ""), None, trimmed)
    return pd.Series(filled, index=column.index, dtype="str")


def store_column(texts: dict[str, pd.Series], index: pd.Index) -> pd.Series:
    """The store a row belongs to: where it was sold, else the customer's home store."""
    blank = pd.Series(None, index=index, dtype="str")
    return texts.get("store_id", texts.get("home_store_id", blank))


class _Reader:
    """Reads field after field and gathers typed columns and faults."""

    def __init__(self, rules: pd.DataFrame) -> None:
        self.rules = rules
        currencies = rules["currency_code"]
        exponents = {code: exponent_of(code) for code in currencies.unique()}
        self.places = currencies.map(exponents).astype("int64")
        self.columns: dict[str, pd.Series] = {}
        self.faults: list[pd.DataFrame] = []

    def read(self, field: Field, text: pd.Series) -> None:
        if field.stored.kind is Kind.LOCAL_TIME:
            values, reasons = self._local_time(field, text)
        else:
            values, reasons = self._values(field, text)
        is_raw = field.stored.kind in KEYED
        self.columns[field.name if is_raw else field.stored_name] = values
        bad = reasons.dropna()
        if len(bad):
            reason = (bad + f":{field.name}").to_numpy()
            self.faults.append(pd.DataFrame({"batch_row": bad.index, "reason": reason}))

    def _values(self, field: Field, text: pd.Series) -> cells.Cells:
        rule = field.stored
        match rule.kind:
            case Kind.MINOR:
                return cells.read_amount(text, self.places, signed=rule.signed)
            case Kind.MICRO:
                return cells.read_amount(text, self.places + 6, signed=rule.signed)
            case Kind.COUNT | Kind.MILLI | Kind.BPS | Kind.NANO:
                places = {Kind.COUNT: 0, Kind.MILLI: 3, Kind.BPS: 4, Kind.NANO: 9}[rule.kind]
                return cells.read_number(
                    text, places, signed=rule.signed, negative="negative_number"
                )
            case Kind.DAY:
                return cells.read_day(text)
            case Kind.FLAG:
                return cells.read_flag(text)
            case _ if rule.choices:
                return cells.read_code(text)
            case _:
                is_id = field.name.endswith(("_id", "_ref", "identifier_value"))
                return cells.read_text(text, is_id=is_id)

    def _local_time(self, field: Field, text: pd.Series) -> cells.Cells:
        """The store's wall clock; an instant given by the file is kept for `closed_at`."""
        wall, instants, reasons = cells.read_moment(text)
        if field.name == "closed_at":
            self.columns[field.name] = instants
        return wall.fillna(local_times(instants, self.rules["time_zone"])), reasons
