"""What can go wrong, in words for people. Bad input is never retried; a lost connection is."""


class RegularsError(Exception):
    """Something a person has to read: what happened, where, and what to do next."""

    def __init__(self, problem: str, *, where: str = "", next_move: str = "") -> None:
        self.problem, self.where, self.next_move = problem, where, next_move
        parts = [f"{where}: {problem}" if where else problem]
        super().__init__(" ".join(parts + ([f"Next: {next_move}"] if next_move else [])))


class BadInput(RegularsError):
    """A file, a policy or a parameter is wrong. Running again will not help."""


class AuditFailed(RegularsError):
    """The figures contradict each other; nothing is published until they agree."""


class DeliveryFailed(RegularsError, OSError):
    """A place or a channel did not answer in the end. What was delivered by then stays so."""


class LimitReached(RegularsError):
    """Memory or disk is at its end. Running again does not help before somebody makes room."""


class OutOfMemory(LimitReached):
    """The engine or the process may not have as much memory as it needs."""


class DiskFull(LimitReached):
    """A disk, or the share of it that a program may use, does not hold what has to be written."""
