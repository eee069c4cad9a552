"""Walls that the reading child builds around itself: no network, few files, no way to other
processes. What a kernel or its administrator does not allow is left out, and said.

A program of ours that turned hostile through a document may read what it is given, this program
and the system's; it may write in one folder that goes with it. Numbers are those of the kernel
(uapi/linux: landlock.h, seccomp.h, sched.h, prctl.h), which Python's library does not name.
"""

from __future__ import annotations

import ctypes
import os
import platform
import struct
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from parsers.worker_filter import filtered

_NEW_MOUNTS, _NEW_IPC, _NEW_USER, _NEW_NET = 0x00020000, 0x08000000, 0x10000000, 0x40000000
_PRIVATE = 0x4000 | 0x40000  # MS_REC, MS_PRIVATE: what is mounted here is seen here only
_BARE = 0x2 | 0x4  # MS_NOSUID, MS_NODEV
_NO_NEW_PRIVILEGES, _ADOPT_ORPHANS = 38, 36
_ROOM = "size=200m,mode=700"
"""Of the folder in memory where a called program may put its files."""

_CREATE_RULES, _ADD_RULE, _RESTRICT = 444, 445, 446
_RUN, _WRITE, _READ, _LIST = 1 << 0, 1 << 1, 1 << 2, 1 << 3
_TRUNCATE, _DEVICE = 1 << 14, 1 << 15
_ON_FILES = _RUN | _WRITE | _READ | _TRUNCATE | _DEVICE
_FILE_RIGHTS = {1: 13, 2: 14, 3: 15, 4: 15, 5: 16}
"""Rights that each version of Landlock knows; 16 from 5 on."""
_PROGRAMS = ("/usr", "/lib", "/lib64", "/bin", "/sbin", "/opt", "/nix/store")
_SETTINGS = (
    "/etc/ld.so.cache", "/etc/ld.so.conf", "/etc/ld.so.conf.d", "/etc/localtime", "/etc/fonts",
    "/etc/libreoffice", "/etc/alternatives", "/etc/locale.alias", "/var/cache/fontconfig",
    "/var/lib/libreoffice", "/proc", "/sys/devices/system/cpu",
)  # fmt: skip
_DEVICES = ("/dev/null", "/dev/zero", "/dev/random", "/dev/urandom")
_ROOMS = ("parsers", "triage", "intake", "config")

_kernel = ctypes.CDLL(None, use_errno=True)


def cut_off(folder: str) -> tuple[str, ...]:
    """No network and no way to other processes, from before the first document is seen.

    `folder` is emptied with this process where the kernel allows. The names of the walls that
    stand: 'namespace', 'memory folder', 'filter'.
    """
    walls = []
    if _own_namespaces():
        walls.append("namespace")
        if _in_memory(folder):
            walls.append("memory folder")
    _kernel.prctl(_ADOPT_ORPHANS, 1, 0, 0, 0)  # what hides from its parent stays in sight of ours
    _drop_capabilities()
    _kernel.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0)
    if filtered(_kernel, platform.machine()):
        walls.append("filter")
    return tuple(walls)


def _own_namespaces() -> bool:
    """A network of its own, and mounts and message queues where that is allowed too; ordinary
    users need to be 'root' of a user namespace first, which some administrators forbid."""
    user, group = os.getuid(), os.getgid()
    for more in (_NEW_MOUNTS | _NEW_IPC, 0):
        if _kernel.unshare(_NEW_NET | more) == 0:
            return True
        if _kernel.unshare(_NEW_USER | _NEW_NET | more) == 0:
            with suppress(OSError):  # without these it could create no file
                Path("/proc/self/setgroups").write_text("deny")
                Path("/proc/self/uid_map").write_text(f"{user} {user} 1")
                Path("/proc/self/gid_map").write_text(f"{group} {group} 1")
            return True
    return False


def _in_memory(folder: str) -> bool:
    """Whether what is written there never reaches a disk."""
    apart: int = _kernel.mount(b"none", b"/", None, _PRIVATE, None)
    return apart == 0 and not _kernel.mount(
        b"tmpfs", folder.encode(), b"tmpfs", _BARE, _ROOM.encode()
    )


def _drop_capabilities() -> None:
    """Root, and 'root' of a namespace, keep no more rights than their files give them."""
    for capability in range(64):
        _kernel.prctl(24, capability, 0, 0, 0)  # PR_CAPBSET_DROP
    header = ctypes.create_string_buffer(struct.pack("Ii", 0x20080522, 0))
    _kernel.syscall({"x86_64": 126, "aarch64": 91}.get(platform.machine(), -1), header, bytes(24))


def closed_in(folder: str) -> bool:
    """Only files of programs can be read, and only `folder` be written to, from now on (Landlock).

    Nor can it connect by TCP, or signal a process outside, where the kernel knows how. False
    where it knows nothing of this.
    """
    version = _kernel.syscall(_CREATE_RULES, None, 0, 1)
    if version < 1:
        return False
    every = (1 << _FILE_RIGHTS.get(version, 16)) - 1
    handled = (every, *((3,) if version >= 4 else ()), *((3,) if version >= 6 else ()))
    wanted = struct.pack(f"{len(handled)}Q", *handled)
    rules = _kernel.syscall(_CREATE_RULES, wanted, len(wanted), 0)
    if rules < 0:
        return False
    for path, rights in _allowed(folder, every):
        _allow(rules, path, rights & every)
    done: int = _kernel.syscall(_RESTRICT, rules, 0)
    os.close(rules)
    return done == 0


def _allowed(folder: str, every: int) -> Iterator[tuple[str, int]]:
    yield folder, every
    home = str(Path(__file__).parents[1])
    installed = (*_PROGRAMS, sys.prefix, sys.base_prefix)
    for path in dict.fromkeys((*installed, *(place for place in sys.path if place != home))):
        yield path, _RUN | _READ | _LIST
    # Run from a checkout, data and keys may lie beside the rooms.
    yield home, _LIST
    for path in (*(f"{home}/{room}" for room in _ROOMS), *_SETTINGS):
        yield path, _READ | _LIST
    for path in _DEVICES:
        yield path, _READ | _WRITE | _DEVICE


def _allow(rules: int, path: str, rights: int) -> None:
    try:
        place = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError:  # not every system has every one
        return
    rights = rights if Path(path).is_dir() else rights & _ON_FILES & ~_RUN
    _kernel.syscall(_ADD_RULE, rules, 1, struct.pack("=Qi", rights, place), 0)
    os.close(place)
