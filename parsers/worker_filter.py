"""A filter of calls to the kernel (seccomp) for the reading child and whatever it starts.

What no reader needs is answered 'not permitted': sockets of any kind, looking into or taking over
other processes, mounting, loading code into the kernel, leaving the group in which all are killed.
"""

from __future__ import annotations

import ctypes
import struct

_CALLS: dict[str, tuple[int, dict[str, int]]] = {
    # machine: (AUDIT_ARCH_…, number of each call); uapi/asm/unistd.h
    "x86_64": (
        0xC000003E,
        {
            "socket": 41, "setpgid": 109, "setsid": 112, "ptrace": 101, "process_vm_readv": 310,
            "process_vm_writev": 311, "unshare": 272, "setns": 308, "mount": 165, "umount2": 166,
            "pivot_root": 155, "bpf": 321, "perf_event_open": 298, "keyctl": 250, "add_key": 248,
            "request_key": 249, "userfaultfd": 323, "kexec_load": 246, "init_module": 175,
            "finit_module": 313, "open_by_handle_at": 304, "io_uring_setup": 425,
        },
    ),
    "aarch64": (
        0xC00000B7,
        {
            "socket": 198, "setpgid": 154, "setsid": 157, "ptrace": 117, "process_vm_readv": 270,
            "process_vm_writev": 271, "unshare": 97, "setns": 268, "mount": 40, "umount2": 39,
            "pivot_root": 41, "bpf": 280, "perf_event_open": 241, "keyctl": 219, "add_key": 217,
            "request_key": 218, "userfaultfd": 282, "kexec_load": 104, "init_module": 105,
            "finit_module": 273, "open_by_handle_at": 265, "io_uring_setup": 425,
        },
    ),
}  # fmt: skip
_SET_SECCOMP, _FILTER = 22, 2
_LOAD, _EQUAL, _AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06
_NUMBER_AT, _MACHINE_AT = 0, 4
_ALLOW, _NOT_PERMITTED = 0x7FFF0000, 0x00050001
_OTHER_TABLE = 0x40000000  # x32's numbers, by which the list could be dodged


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("code", ctypes.c_char_p))


def filtered(kernel: ctypes.CDLL, machine: str) -> bool:
    """Whether the filter stands; not on machines whose numbers are not known here."""
    if machine not in _CALLS:
        return False
    code = _code(*_CALLS[machine])
    program = _Program(len(code) // 8, code)
    return bool(kernel.prctl(_SET_SECCOMP, _FILTER, ctypes.byref(program), 0, 0) == 0)


def _code(architecture: int, calls: dict[str, int]) -> bytes:
    """The filter; each jump says how many instructions to leave out if so, and if not."""
    refused = list(calls.values())
    to_end = len(refused) + 1  # from the first comparison to the refusal
    steps = [
        (_LOAD, 0, 0, _MACHINE_AT),
        (_EQUAL, 0, to_end + 2, architecture),
        (_LOAD, 0, 0, _NUMBER_AT),
        (_AT_LEAST, to_end, 0, _OTHER_TABLE),
        *((_EQUAL, len(refused) - at, 0, number) for at, number in enumerate(refused)),
        (_RETURN, 0, 0, _ALLOW),
        (_RETURN, 0, 0, _NOT_PERMITTED),
    ]
    return b"".join(struct.pack("HBBI", *step) for step in steps)
