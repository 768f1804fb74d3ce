"""Memory that was freed, given back to the system: a store's engine and long lists leave much of it behind, scattered.

What is set here is glibc's (mallopt(3), malloc_trim(3)); with another C library nothing happens.
"""

from __future__ import annotations

import ctypes
import gc
from functools import cache

ARENAS, MMAP_THRESHOLD = -8, -3
"""M_ARENA_MAX and M_MMAP_THRESHOLD of <malloc.h>."""
FEW = 2
"""Arenas, of which the engine's threads would take eight for each core."""
LARGE = 2**20
"""Bytes from which a block has pages of its own, which go back as soon as it is freed. Left alone, glibc raises this up to 32 MB."""


@cache
def _library() -> ctypes.CDLL | None:
    """The C library, where it is one that can be asked."""
    try:
        found = ctypes.CDLL(None)
    except OSError:
        return None
    return found if hasattr(found, "malloc_trim") and hasattr(found, "mallopt") else None


def be_lean() -> None:
    """Have this process keep little of what it frees; to be said before its threads begin."""
    if (library := _library()) is not None:
        library.mallopt(ARENAS, FEW)
        library.mallopt(MMAP_THRESHOLD, LARGE)


def give_back() -> None:
    """Give back what is free (0.1 s where much is held)."""
    gc.collect()
    if (library := _library()) is not None:
        library.malloc_trim(0)
