"""What the system itself keeps a query's process from: more memory than its share, and the network.

The guard refuses what it can read in a query; these walls hold also against what it might misread. They work on Linux, for an
ordinary user, and are no loss elsewhere.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import platform
import resource
import signal
import struct

_CLONE_NEWUSER, _CLONE_NEWNET = 0x10000000, 0x40000000
_PR_SET_PDEATHSIG, _PR_SET_SECCOMP, _PR_SET_NO_NEW_PRIVS, _SECCOMP_MODE_FILTER = 1, 22, 38, 2
_ALLOW, _REFUSE = 0x7FFF0000, 0x00050000 | 13
"""Results of a seccomp filter: go on; fail with EACCES."""
_LOAD, _EQUAL, _AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06
"""Instructions of the classic Berkeley packet filter: load a word, jump on equality, jump on order, return."""
_IO_URING_SETUP, _X32 = 425, 0x40000000
_CALLS = {"x86_64": (0xC000003E, 41), "aarch64": (0xC00000B7, 198)}
"""By machine: its AUDIT_ARCH (linux/audit.h) and the number of the system call socket."""


def confine(memory_mb: int) -> None:
    """Limit this process's address space, and take the network from it for good."""
    with contextlib.suppress(ValueError, OSError):  # a lower limit set from outside stays
        resource.setrlimit(resource.RLIMIT_AS, (memory_mb * 2**20, memory_mb * 2**20))
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with contextlib.suppress(AttributeError, OSError):
        ctypes.CDLL(None).unshare(_CLONE_NEWUSER | _CLONE_NEWNET)
    with contextlib.suppress(AttributeError, OSError):
        refuse_sockets()


def end_with_parent() -> None:
    """Have this process killed when the thread that started it ends, however it ends (Linux)."""
    with contextlib.suppress(AttributeError, OSError):
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)


def refuse_sockets() -> bool:
    """Let every further call of socket fail in this process (seccomp); whether the system took the rule."""
    if os.name != "posix" or platform.machine() not in _CALLS:
        return False
    program = _filter(*_CALLS[platform.machine()])
    code = ctypes.create_string_buffer(program, len(program))
    # struct sock_fprog { unsigned short len; struct sock_filter *filter; }
    rule = struct.pack("HxxxxxxP", len(program) // 8, ctypes.addressof(code))
    system = ctypes.CDLL(None)
    system.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    return bool(system.prctl(_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, rule, 0, 0) == 0)


def _filter(architecture: int, socket: int) -> bytes:
    """The rule: no socket and no io_uring (which opens sockets too), by whichever door of the kernel.

    Each instruction is struct sock_filter { code, jump if true, jump if false, operand }; struct seccomp_data has the call's number at
    0 and the architecture at 4.
    """
    steps = [
        (_LOAD, 0, 0, 4),
        (_EQUAL, 0, 5, architecture),
        (_LOAD, 0, 0, 0),
        (_AT_LEAST, 3, 0, _X32),
        (_EQUAL, 2, 0, socket),
        (_EQUAL, 1, 0, _IO_URING_SETUP),
        (_RETURN, 0, 0, _ALLOW),
        (_RETURN, 0, 0, _REFUSE),
    ]
    return b"".join(struct.pack("HBBI", *step) for step in steps)
