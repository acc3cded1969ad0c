"""The policy's cost assumptions as a table that the models read."""

import pyarrow as pa

from regulars.policy import Policy
from regulars.policy.board_sections import COSTS

_SCENARIOS = pa.schema(
    {
        "scenario": pa.string(),
        **{f"{cost.removesuffix('_cost').removesuffix('_fee')}_percent": pa.int64()
           for cost in COSTS},
    }
)  # fmt: skip


def scenario_table(policy: Policy) -> pa.Table:
    """One row per scenario: every kind of cost in per cent of what was booked."""
    names = [name for name in _SCENARIOS.names if name != "scenario"]
    rows = [
        {
            "scenario": name,
            **{
                column: scenario.percent_of(cost) for column, cost in zip(names, COSTS, strict=True)
            },
        }
        for name, scenario in policy.board.scenarios.items()
    ]
    return pa.Table.from_pylist(rows, _SCENARIOS)
