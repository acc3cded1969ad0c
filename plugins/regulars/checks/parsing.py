"""A batch of text becomes a typed batch, column by column, by the template of its entity."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property, partial

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa

from regulars.checks import cells
from regulars.checks.context import CheckContext
from regulars.domain.business_day import local_times
from regulars.domain.columns_at_once import each_column
from regulars.domain.fields import KEYED, Kind
from regulars.domain.money import exponent_of
from regulars.domain.records import Field, fields_of
from regulars.domain.text_columns import Words, no_words, read_words

LINEAGE = ("source_file_sha256", "source_row")
NO_FAULTS = {"batch_row": pd.Series(dtype="int64"), "reason": pd.Series(dtype="str")}
_PLACES = {Kind.COUNT: 0, Kind.MILLI: 3, Kind.BPS: 4, Kind.NANO: 9}
_MICRO_PLACES = 6
Categories = Mapping[str, Callable[[], pd.Series]]


class StoreClock:
    """The rules of the store behind each row: worked out once, and only if somebody asks."""

    def __init__(self, stores: pd.Series, context: CheckContext) -> None:
        self._stores, self._context = stores, context

    @cached_property
    def rules(self) -> pd.DataFrame:
        """Time zone, cut-off and currency of each row's store (`CheckContext.rules_of`)."""
        return self._context.rules_of(self._stores)


@dataclass(frozen=True)
class Parsed:
    """A typed batch. Rows are counted by their place in the batch (`batch_row`).

    rows: one column per field under its stored name (customer references, identifiers and contact
    details still as written, times in the store's clock), plus `source_file_sha256`, `source_row`
    and, for orders, `closed_at` where the file itself gave an instant (UTC).
    texts: the columns of text once more, to be asked for as categories.
    clock: time zone and cut-off that hold for each row.
    faults: one `reason` (`code:column`) per cell that could not be read.
    """

    rows: pd.DataFrame
    texts: Categories
    clock: StoreClock
    faults: pd.DataFrame


def parse(entity: str, batch: pa.Table, context: CheckContext) -> Parsed:
    """Read a batch of text by the template of `entity`; a template column may be absent."""
    nothing = no_words(batch.num_rows)
    given = [field.name for field in fields_of(entity) if field.name in batch.schema.names]
    texts = {field.name: nothing for field in fields_of(entity)}
    texts |= zip(given, each_column(read_words, batch.select(given).columns), strict=True)
    store = texts.get("store_id", texts.get("home_store_id", nothing))
    currency = _currency(texts.get("currency_code", nothing), store, context)
    if "currency_code" in texts:
        texts["currency_code"] = currency
    reader = _Reader(currency, StoreClock(store.column, context))
    for field in fields_of(entity):
        reader.read(field, texts[field.name])
    columns = reader.columns | _lineage_of(batch)
    faults = pd.concat([pd.DataFrame(NO_FAULTS), *reader.faults], ignore_index=True)
    return Parsed(pd.DataFrame(columns), reader.texts, reader.clock, faults)


def _lineage_of(batch: pa.Table) -> dict[str, pd.Series]:
    """File and row number of each row; the file as a category, for its name is long."""
    file, number = (batch[name] for name in LINEAGE)
    names = read_words(file)
    columns = (names.categorise(names.texts), pd.Series(number.to_numpy()))
    return dict(zip(LINEAGE, columns, strict=True))


def store_column(rows: Mapping[str, pd.Series], index: pd.Index) -> pd.Series:
    """The store a row belongs to: where it was sold, else the customer's home store."""
    blank = pd.Series(None, index=index, dtype="str")
    return rows.get("store_id", rows.get("home_store_id", blank))


def _currency(given: Words, store: Words, context: CheckContext) -> Words:
    """The currency of each row in capitals: the one it gives, else its store's."""
    own = context.rules_of(pd.Series([*store.texts, None], dtype="str"))["currency_code"]
    names = pd.concat([given.texts.str.upper(), own], ignore_index=True)
    places, distinct = pd.factorize(names)
    # A row without a store has code -1 and so takes the last entry: the source's own rules.
    codes = np.where(given.codes < 0, len(given.texts) + store.codes % len(own), given.codes)
    return Words(pd.Series(distinct, dtype="str"), places[codes].astype(np.int32))


class _Reader:
    """Reads field after field and gathers typed columns and faults.

    Every different text of a column is read once, and what it says is spread over its rows.
    """

    def __init__(self, currency: Words, clock: StoreClock) -> None:
        self.clock = clock
        exponents = [exponent_of(code) for code in currency.texts]
        self.places = np.array(exponents, np.int64)[currency.codes]
        self.columns: dict[str, pd.Series] = {}
        self.texts: dict[str, Callable[[], pd.Series]] = {}
        self.faults: list[pd.DataFrame] = []

    def read(self, field: Field, words: Words) -> None:
        is_raw = field.stored.kind in KEYED
        name = field.name if is_raw else field.stored_name
        match field.stored.kind:
            case Kind.MINOR:
                self.columns[name] = self._amounts(field, words, self.places)
            case Kind.MICRO:
                self.columns[name] = self._amounts(field, words, self.places + _MICRO_PLACES)
            case Kind.LOCAL_TIME:
                self.columns[name] = self._local_time(field, words)
            case _:
                values, reasons = _read_texts(field, words.texts)
                self._tell(field, words.rows_where(reasons.notna().to_numpy()), words, reasons)
                self.columns[name] = words.spread(values)
                if values.dtype == "str":
                    self.texts[name] = cache(partial(words.categorise, values))

    def _tell(
        self, field: Field, rows: npt.NDArray[np.intp], words: Words, reasons: pd.Series
    ) -> None:
        """Keep the reasons of these rows, given those of the different texts."""
        if len(rows):
            told = (reasons + f":{field.name}").array.take(words.codes[rows])
            self.faults.append(pd.DataFrame({"batch_row": rows, "reason": pd.Series(told)}))

    def _amounts(self, field: Field, words: Words, places: npt.NDArray[np.int64]) -> pd.Series:
        """Amounts with the decimals of each row's own currency."""
        counts = np.unique(places).tolist() or [0]
        found = []
        for count in counts:
            values, reasons = cells.read_number(
                words.texts, count, signed=field.stored.signed, negative="negative_amount"
            )
            rows = words.rows_where(reasons.notna().to_numpy())
            self._tell(field, rows[places[rows] == count], words, reasons)
            found.append(words.spread(values))
        amounts = found[0]
        for count, values in zip(counts[1:], found[1:], strict=True):
            amounts = amounts.mask(places == count, values)
        return amounts

    def _local_time(self, field: Field, words: Words) -> pd.Series:
        """The store's wall clock; an instant given by the file is kept for `closed_at`."""
        wall, given, reasons = cells.read_moment(words.texts)
        self._tell(field, words.rows_where(reasons.notna().to_numpy()), words, reasons)
        instants, clock = words.spread(given), words.spread(wall)
        if field.name == "closed_at":
            self.columns[field.name] = instants
        if given.isna().all():
            return clock
        return clock.fillna(local_times(instants, self.clock.rules["time_zone"]))


def _read_texts(field: Field, texts: pd.Series) -> cells.Cells:
    """What texts say in a field that needs to know no store."""
    rule = field.stored
    match rule.kind:
        case Kind.COUNT | Kind.MILLI | Kind.BPS | Kind.NANO:
            return cells.read_number(
                texts, _PLACES[rule.kind], signed=rule.signed, negative="negative_number"
            )
        case Kind.DAY:
            return cells.read_day(texts)
        case Kind.FLAG:
            return cells.read_flag(texts)
        case _ if rule.choices:
            return cells.read_code(texts)
        case _:
            is_id = field.name.endswith(("_id", "_ref", "identifier_value"))
            return cells.read_text(texts, is_id=is_id)
