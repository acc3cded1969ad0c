"""Who is left alone so that the effect of an action can be measured."""

from hashlib import sha256


def holdout_threshold(share: float) -> str:
    """The hexadecimal text below which a customer's hash falls into the holdout.

    A customer belongs to the holdout of an experiment when the SHA-256 of
    `experiment_id|customer_key` sorts before this text. Sixteen digits are 64 bits.
    """
    if not 0 <= share <= 1:
        raise ValueError(f"holdout share must be between 0 and 1, not {share}")
    return "g" if share == 1 else format(int(share * 2**64), "016x")


def is_held_out(experiment_id: str, customer_key: str, share: float) -> bool:
    """The same decision outside of SQL."""
    digest = sha256(f"{experiment_id}|{customer_key}".encode()).hexdigest()
    return digest < holdout_threshold(share)
