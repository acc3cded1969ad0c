"""What binds customers together: homes that some share, and an office that passes for a guest."""

import numpy as np

from regulars.samples.frames import Frame, IntArray
from regulars.samples.people import People, position_of

HOMES_PER_100_REGULARS = 4
NOBODY = -1


def share_homes(rng: np.random.Generator, people: People) -> IntArray:
    """The home of each customer (−1: none known): a few pairs of regular guests share one."""
    regulars = rng.permutation(np.flatnonzero(people.are("regular")))
    pairs = max(1, len(regulars) * HOMES_PER_100_REGULARS // 100)
    home = np.full(len(people), NOBODY)
    home[regulars[: 2 * pairs]] = np.arange(len(regulars[: 2 * pairs])) // 2
    return home


def find_office(people: People, orders: Frame) -> int:
    """The business that orders most: its account was never opened, its form says consumer."""
    known = orders["customer"][orders["customer"] >= 0]
    counts = np.bincount(known, minlength=len(people))
    return int(np.argmax(np.where(people.are("business"), counts, -1)))


def pass_for_guest(customers: Frame, office: int) -> Frame:
    """The office as the customer system has it: a guest without an account, with its e-mail."""
    is_office = customers["customer"] == office
    return without_account(customers, office).having(
        archetype=np.where(is_office, position_of("regular"), customers["archetype"]),
        has_email=np.where(is_office, 1, customers["has_email"]),
        is_office=is_office.astype(np.int64),
    )


def without_account(frame: Frame, office: int) -> Frame:
    """The rows with nothing that would tie the office to an account."""
    return frame.having(account=np.where(frame["customer"] == office, NOBODY, frame["account"]))
