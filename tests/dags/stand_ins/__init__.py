"""Stand-in steps: copied over regulars.steps in a throw-away project; they only take notes."""

import json
import os
from pathlib import Path
from typing import Any

from regulars.domain.errors import BadInput


def take_note(step: str, **arguments: Any) -> dict[str, Any]:
    """Write down the call; fail as `STAND_IN_FAILS` says, `step` for bad input."""
    note = {"step": step, **arguments}
    home = Path(os.environ["REGULARS_HOME"])
    with (home / "calls.jsonl").open("a") as notes:
        notes.write(json.dumps(note) + "\n")
    with (home / "warehouses.txt").open("a") as notes:
        notes.write(os.environ.get("REGULARS_WAREHOUSE", "") + "\n")
    if os.environ.get("STAND_IN_BAD_INPUT") == step:
        raise BadInput("Cell is not a number.", where="orders.csv row 3", next_move="Mend it.")
    if os.environ.get("STAND_IN_DISCONNECTED") == step:
        raise ConnectionError("the till does not answer")
    return note
