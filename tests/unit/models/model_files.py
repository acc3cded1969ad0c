"""Small model files for the tests of this room."""

from collections.abc import Callable
from pathlib import Path

WriteModel = Callable[..., Path]

DEFAULTS = {
    "grain": "one row per order",
    "kind": "full",
    "inputs": "[raw_orders]",
    "describe": "Orders. ‖ 订单。",
}
SELECT = """
with final as (
    select order_id from raw_orders
)

select * from final
"""


def model_text(sql: str = SELECT, **header: str) -> str:
    keys = {**DEFAULTS, **header}
    lines = "\n".join(f"{key}: {value}" for key, value in keys.items() if value)
    return f"/*\n{lines}\n*/{sql}"


def reads(*inputs: str) -> str:
    """A select that reads one column of each input."""
    steps = " union all ".join(f"select order_id from {name}" for name in inputs)
    return f"\nwith final as (\n    {steps}\n)\n\nselect * from final\n"


def listed(*inputs: str) -> str:
    return f"[{', '.join(inputs)}]"
