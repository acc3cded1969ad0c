"""美团餐饮收银 品项销售明细: what was sold, given away and sent back, line by line.

The export has no number for its lines: within an order they are numbered by what they say, so that
the same lines get the same numbers whatever the order of the rows.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict

from regulars.sources.exact_cells import (
    is_blank,
    milli_text,
    minor_text,
    read_id,
    read_milli,
    read_minor,
    read_moment,
    revision_of,
)
from regulars.sources.files import Finding, Reason
from regulars.sources.sheets import Outcome, OutOfScope, Record, Rejected, Sheet, SourceRow
from regulars.sources.source_words import find_word
from regulars.sources.whole_orders import WholeOrder, group_rows, read_whole_orders, sorted_texts

_AMOUNTS = ("sales", "gifts", "discount", "income", "returned")
_QUANTITIES = ("sold_count", "gift_count", "returned_count")
_OF_A_REFUND = "the dishes of a 退单: its refund is in the order file"


class _Settings(BaseModel):
    """What the layout file says about this reader's words and assumptions."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    time_formats: tuple[str, ...]
    returned_modes: tuple[str, ...]
    returned_stage: Literal["before_preparation", "after_preparation"]
    roles: dict[str, Literal["set", "part"]]
    sets_carry_money: bool
    are_gifts_in_sales: bool


@dataclass(frozen=True)
class _Dish:
    """One row with its amounts in minor units and its quantities in thousandths."""

    row: SourceRow
    minor: dict[str, int]
    milli: dict[str, int]
    role: str
    is_returned: bool
    closed_at: datetime | None

    @property
    def item_id(self) -> str:
        """The dish's code; its name where it has none."""
        code = self.row["item_id"]
        return self.row["item_name"] if is_blank(code) else code

    @property
    def key(self) -> tuple[str, ...]:
        """What the row says, parts behind their set: the order in which lines are numbered."""
        belongs_to = self.row["set_name"] if self.role == "part" else self.row["item_name"]
        return (belongs_to, str(int(self.role == "part")), *sorted_texts(self.row))

    @property
    def closing(self) -> tuple[str, ...]:
        """Rows that disagree about their order are of different closings of it."""
        return tuple(text for text in self.row.pick("order_gross", "order_income").values() if text)


@dataclass(frozen=True)
class _Piece:
    """What one row brings to the check: a sale, a gift or something sent back."""

    dish: _Dish
    milli: int
    gross: int
    discount: int = 0
    is_gift: bool = False
    void_stage: str = ""


def read_rows(sheet: Sheet) -> Iterator[Outcome]:
    """Order lines and the items they are of."""
    settings = _Settings(**sheet.settings)
    currency = sheet.source.currency_code
    kept: list[_Dish] = []
    for order in read_whole_orders(sheet.rows, lambda row: _read_dish(row, settings, currency)):
        if isinstance(order, Rejected):
            yield order
            continue
        for closing in _find_closings(order.rows):
            if sum(dish.minor["income"] for dish in closing) < 0:
                yield from (OutOfScope(dish.row.number, _OF_A_REFUND) for dish in closing)
                continue
            kept += closing
            yield from _make_lines(order, closing, settings, currency)
    yield from _make_items(kept)
    yield from _tell_untied(sheet.file, kept, settings)


def _read_dish(row: SourceRow, settings: _Settings, currency_code: str) -> _Dish:
    read_id(row["order_id"])
    read_id(row["item_name"])
    return _Dish(
        row,
        {name: read_minor(row[name], currency_code) for name in _AMOUNTS},
        {name: read_milli(row[name]) for name in _QUANTITIES},
        role=find_word(row["item_kind"], settings.roles) or "",
        is_returned=row["sale_mode"] in settings.returned_modes,
        closed_at=read_moment(row["closed_at"], settings.time_formats),
    )


def _find_closings(dishes: Sequence[_Dish]) -> list[Sequence[_Dish]]:
    """The rows of each closing of a check; a check is closed again after a 反结账."""
    closings = dict(group_rows(dishes, lambda dish: dish.closing))
    return [dishes] if () in closings else list(closings.values())


def _make_lines(
    order: WholeOrder[_Dish], closing: Sequence[_Dish], settings: _Settings, currency_code: str
) -> Iterator[Record]:
    """The lines of one closing of a check, numbered by what they say."""
    revision = max(revision_of(dish.closed_at) for dish in closing)
    dishes = sorted(closing, key=lambda dish: dish.key)
    pieces = [piece for dish in dishes for piece in _cut(dish, settings)]
    sets: dict[str, int] = {}
    for line_no, piece in enumerate(pieces, start=1):
        dish = piece.dish
        if dish.role == "set":
            sets.setdefault(dish.row["item_name"], line_no)
        parent = sets.get(dish.row["set_name"]) if dish.role == "part" else None
        yield Record(
            "order_lines",
            dish.row.number,
            {
                "order_id": order.order_id, "store_id": order.store_id,
                "line_no": str(line_no), "parent_line_no": str(parent or ""),
                "item_id": dish.item_id, "item_name": dish.row["item_name"],
                "category": dish.row["category"], "quantity": milli_text(piece.milli),
                "gross_amount": minor_text(piece.gross, currency_code),
                "discount_amount": minor_text(piece.discount, currency_code),
                "is_gift": str(piece.is_gift).lower(), "void_stage": piece.void_stage,
                "revision": revision,
            },
        )  # fmt: skip


def _cut(dish: _Dish, settings: _Settings) -> list[_Piece]:
    """A row as what it sold, what it gave away and what was sent back."""
    minor, milli = dish.minor, dish.milli
    if dish.is_returned and not minor["sales"]:
        stage = settings.returned_stage
        return [
            _Piece(dish, abs(milli["returned_count"]), abs(minor["returned"]), void_stage=stage)
        ]
    if dish.role == ("part" if settings.sets_carry_money else "set"):
        # Its money is that of its set, or of its parts: it is not counted twice.
        return [_Piece(dish, milli["sold_count"], 0)]
    gift, gift_count = minor["gifts"], milli["gift_count"]
    inside = settings.are_gifts_in_sales
    sold = minor["sales"] - (gift if inside else 0)
    sold_count = milli["sold_count"] - (gift_count if inside else 0)
    pieces = [_Piece(dish, gift_count, gift, is_gift=True)] if gift_count or gift else []
    if sold_count or sold or not pieces:
        pieces.insert(0, _Piece(dish, sold_count, sold, abs(minor["discount"])))
    return pieces


def _make_items(dishes: Sequence[_Dish]) -> Iterator[Record]:
    """Each item once a file, under the first of its names."""
    for item_id, group in group_rows(dishes, lambda dish: dish.item_id):
        named = min(group, key=lambda dish: (dish.row["item_name"], dish.row["category"]))
        yield Record(
            "items",
            named.row.number,
            {
                "item_id": item_id, "item_name": named.row["item_name"],
                "category": named.row["category"], "revenue_kind": "sale",
            },
        )  # fmt: skip


def _tell_untied(file: str, dishes: Sequence[_Dish], settings: _Settings) -> Iterator[Finding]:
    """品项收入 checks the columns that the line is made of; what differs is told."""
    untied = 0
    for dish in dishes:
        if dish.is_returned or is_blank(dish.row["income"]):
            continue
        gift = dish.minor["gifts"] if settings.are_gifts_in_sales else 0
        net = dish.minor["sales"] - gift - abs(dish.minor["discount"])
        untied += net != dish.minor["income"]
    if untied:
        message = f"{file}: {untied} rows whose 品项收入 is not 销售金额 - 赠送金额 - 优惠金额"
        yield Finding(Reason.AMOUNTS_DIFFER, message)
