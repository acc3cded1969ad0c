"""The data dictionary: the type and the meaning of every published column, in one place."""

from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Literal

import pyarrow as pa
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from regulars.domain.documents import read_document
from regulars.domain.errors import BadInput
from regulars.models.catalog import Catalog
from regulars.models.outputs import output_columns

ARROW_TYPES = MappingProxyType(
    {
        "bigint": pa.int64(),
        "text": pa.string(),
        "date": pa.date32(),
        "timestamp": pa.timestamp("us"),
        "boolean": pa.bool_(),
        "double": pa.float64(),
    }
)


class Meaning(BaseModel):
    """A column's type and what it means, in English and in Chinese."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    type: Literal["bigint", "text", "date", "timestamp", "boolean", "double"]
    en: str = Field(min_length=1)
    zh: str = Field(min_length=1)

    @property
    def comment(self) -> str:
        """Both languages, as they are written into the database."""
        return f"{self.en} ‖ {self.zh}"

    @property
    def arrow_type(self) -> pa.DataType:
        """The Arrow type in which every engine must return the column."""
        return ARROW_TYPES[self.type]


@dataclass(frozen=True)
class Dictionary:
    """Meanings by column name."""

    columns: dict[str, Meaning]
    path: Path

    def __getitem__(self, column: str) -> Meaning:
        """The meaning of a column. Raises BadInput when the dictionary does not know it."""
        if column not in self.columns:
            raise BadInput(
                f"column {column} is not described",
                where=self.path.name,
                next_move="add its type and its meaning in English and Chinese",
            )
        return self.columns[column]


def load_dictionary(path: Path) -> Dictionary:
    """Read `column: {type, en, zh}`. Raises BadInput naming the column that is wrong."""
    document = read_document(path.read_text(encoding="utf-8"), path.name)
    columns: dict[str, Meaning] = {}
    for name, entry in document.items():
        try:
            columns[name] = Meaning.model_validate(entry)
        except ValidationError as error:
            first = error.errors()[0]
            key = ".".join(str(part) for part in (name, *first["loc"]))
            raise BadInput(f"{key}: {first['msg']}", where=path.name) from error
    return Dictionary(columns, path)


def dictionary_errors(catalog: Catalog, dictionary: Dictionary) -> list[str]:
    """A sentence for every column of a published model that the dictionary does not describe."""
    return [
        f"{model.path.name}: column {column} is not in {dictionary.path.name}"
        for model in catalog.published
        for column in output_columns(model)
        if column not in dictionary.columns
    ]
