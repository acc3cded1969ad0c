"""Limits of the machine: its memory, the room on its disks, and words for when they are met."""

from regulars.limits.memory import machine_memory
from regulars.limits.room import Need, free_bytes, require_room
from regulars.limits.sizes import in_words, size_of
from regulars.limits.telling import limits_told

__all__ = [
    "Need",
    "free_bytes",
    "in_words",
    "limits_told",
    "machine_memory",
    "require_room",
    "size_of",
]
