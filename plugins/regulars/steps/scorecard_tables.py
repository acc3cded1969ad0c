"""The scorecard's weights as a table: the policy's own, and the sets that jitter them."""

from itertools import product
from math import prod

import pyarrow as pa

from regulars.policy.scorecard_section import DIMENSIONS, ScorecardPolicy

WEIGHT_TABLE = "ref_scorecard_weights"
_WEIGHTS = pa.schema([(name, pa.int64()) for name in ("set_no", *DIMENSIONS, "total")])


def weight_table(policy: ScorecardPolicy) -> pa.Table:
    """Set 0 has the policy's weights, each other set some a jitter up and the rest down.

    Whole hundredths of a per cent. A half fraction of all signs (the last is the product of the
    others) tries every weight and every pair of weights both ways as often. All up is left out:
    it is the policy's own set. Source: Box & Hunter 1961, the 2^(5-1) design of resolution V.
    """
    own = [getattr(policy.weights, name) for name in DIMENSIONS]
    step = round(policy.jitter_share * 100)
    signs = [(*some, prod(some)) for some in product((-1, 1), repeat=len(own) - 1)]
    sets = [[0] * len(own), *(one for one in signs if sum(one) < len(own))]
    rows = [
        [weight * (100 + step * sign) for weight, sign in zip(own, one, strict=True)]
        for one in sets
    ]
    table = [[number, *row, sum(row)] for number, row in enumerate(rows)]
    return pa.table(list(zip(*table, strict=True)), _WEIGHTS)
