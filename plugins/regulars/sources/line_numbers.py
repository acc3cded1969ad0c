"""Numbers for lines that their source knows by an id of its own."""

from hashlib import sha256

_HEX_DIGITS = 12


def line_no_of(line_id: str) -> str:
    """The number of a line by its id alone: the same in every export, in whatever order.

    48 bits of its SHA-256: two lines of one check of a thousand share one in half a billion checks,
    and would be set aside as contradicting each other.
    """
    return str(int(sha256(line_id.encode()).hexdigest()[:_HEX_DIGITS], 16))
