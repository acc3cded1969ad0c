"""What depends on an order says which one."""

from collections.abc import Iterator

from sqlglot import exp

from regulars.models.portable.breach import Breach


def orders(tree: exp.Expr) -> Iterator[Breach]:
    """What depends on an order says which, down to a key that leaves no ties."""
    for group in tree.find_all(exp.GroupConcat):
        if not group.find(exp.Order):
            yield Breach(group, "string_agg without order by", "order by a key inside it")
    named = {w.name: w for w in tree.find_all(exp.Window) if isinstance(w.this, exp.Identifier)}
    for window in tree.find_all(exp.Window):
        if not isinstance(window.this, _NEEDS_ORDER):
            continue
        order = named.get(window.alias, window).args.get("order")
        if order is None:
            yield Breach(window, "a ranking without order by", "order by a key")
        elif isinstance(window.this, _NEEDS_KEY) and not _ends_with_key(order):
            yield Breach(window, "an order that leaves ties", f"end it with a key: {_KEY_WORDS}")


_NEEDS_KEY = (exp.RowNumber, exp.Ntile, exp.Lag, exp.Lead, exp.FirstValue, exp.LastValue)
_NEEDS_ORDER = (*_NEEDS_KEY, exp.Rank, exp.DenseRank, exp.PercentRank, exp.CumeDist)
_KEYS = ("_key", "_id", "_no", "_date", "_on", "_row", "_rank", "_sha256")
_KEY_WORDS = ", ".join(f"*{ending}" for ending in _KEYS)


def _ends_with_key(order: exp.Expr) -> bool:
    last = order.expressions[-1].this
    return isinstance(last, exp.Column) and last.name.endswith(_KEYS)
