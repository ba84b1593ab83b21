"""Where a server lives in these tests: real processes that can be started, killed, starved and confused.

`ServerPlace` is all that the player knows. `ProcessPlace` is one process with its rooms in memory or in a file; a place
of several processes behind one address, with a storage of their own, has the same few verbs.
"""

import asyncio
import contextlib
import ctypes.util
import os
import resource
import signal
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from sparring_server.config import TEST_MODE_VARIABLE

CLOCK_RATE = 60.0
"""A minute's block is over in a second."""
DISK_BYTES = 16 * 1024 * 1024
ENOUGH_BYTES = 16_384
START_SECONDS = 20.0
FAKETIME_LIBRARIES = ("/usr/lib/*/faketime/libfaketime.so.1", "/usr/lib*/faketime/libfaketime.so.1")


class ServerPlace(Protocol):
    """Where clients find a server, and what can be done to it."""

    @property
    def is_up(self) -> bool:
        """Whether anything serves."""

    @property
    def is_whole(self) -> bool:
        """Whether everything does that should."""

    @property
    def address(self) -> tuple[str, int] | None:
        """Where a process listens, or None."""

    async def start(self) -> None:
        """Have a process serve; nothing if one does. A place whose disk is full may have to be freed for it."""

    async def kill(self) -> None:
        """kill -9."""

    async def stop(self) -> None:
        """SIGTERM, and wait for a clean end."""

    def fill(self, *, full: bool) -> None:
        """The disk is full, or (`full` false) its files cannot grow."""

    def free(self) -> None:
        """The disk is as it should be."""

    def jump(self, seconds: int) -> None:
        """Set the machine's clock, as far as the processes here can see."""

    async def restart_storage(self) -> None:
        """Kill the storage's own process, where it has one, and start it again."""

    async def close(self) -> None:
        """End everything."""


def faketime_library() -> Path | None:
    """libfaketime, which gives a process a wall clock of its own; None where it is not installed."""
    for pattern in FAKETIME_LIBRARIES:
        for path in sorted(Path("/").glob(pattern[1:])):
            return path
    return None


class Disk:
    """A small file system of its own, which can be filled to the last byte; a folder where that is not allowed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._is_mounted = False
        self._ballast = folder / "ballast"

    def open(self, *, small: bool) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        self._is_mounted = small and os.geteuid() == 0 and _mount(self.folder)

    @property
    def can_be_full(self) -> bool:
        return self._is_mounted

    def fill(self) -> None:
        with self._ballast.open("wb", buffering=0) as ballast, contextlib.suppress(OSError):
            while True:
                ballast.write(bytes(ENOUGH_BYTES))

    def free(self) -> None:
        self._ballast.unlink(missing_ok=True)

    def close(self) -> None:
        if self._is_mounted:
            _libc().umount2(os.fsencode(self.folder), _MNT_DETACH)
            self._is_mounted = False


_MNT_DETACH = 2


def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(ctypes.util.find_library("c"), use_errno=True)


def _mount(folder: Path) -> bool:
    options = f"size={DISK_BYTES}".encode()
    return bool(_libc().mount(b"tmpfs", os.fsencode(folder), b"tmpfs", 0, options) == 0)


class ProcessPlace:
    """One `sparring-server`. See `ServerPlace`."""

    def __init__(
        self,
        storage: str,
        folder: Path,
        *,
        small_disk: bool = False,
        own_clock: bool = False,
        more: Sequence[str] = ("--clock-rate", str(CLOCK_RATE)),
    ) -> None:
        self._has_clock = own_clock and faketime_library() is not None
        self._kind = storage
        self._more = more
        self._folder = folder
        self._disk = Disk(folder / "disk")
        self._disk.open(small=small_disk)
        self._process: asyncio.subprocess.Process | None = None
        self._address: tuple[str, int] | None = None
        self._clock = folder / "clock"
        self._clock.write_text("+0")
        self._log = (folder / "server.log").open("ab")
        self._is_starved = False

    @property
    def is_up(self) -> bool:
        return self._process is not None and self._process.returncode is None

    @property
    def is_whole(self) -> bool:
        return self.is_up

    @property
    def address(self) -> tuple[str, int] | None:
        return self._address if self.is_up else None

    @property
    def process_id(self) -> int:
        assert self._process is not None
        return self._process.pid

    @property
    def log(self) -> str:
        """What the processes here said on standard error."""
        return (self._folder / "server.log").read_text()

    async def start(self) -> None:
        if self.is_up:
            return
        if not await self._launch():
            # Refused in words, since the disk is full: its owner makes room.
            if not self._is_starved or "Traceback" in self.log:
                raise AssertionError(f"the server does not start:\n{self.log}")
            self.free()
            if not await self._launch():
                raise AssertionError(f"the server does not start:\n{self.log}")

    async def _launch(self) -> bool:
        storage = "memory:" if self._kind == "memory" else f"{self._kind}:{self._disk.folder}/rooms.db"
        self._process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "sparring_server", "--port", "0", "--storage", storage,
            *self._more,
            stdin=asyncio.subprocess.DEVNULL, stdout=asyncio.subprocess.PIPE, stderr=self._log, env=self._environment(),
        )  # fmt: skip
        assert self._process.stdout is not None
        line = await asyncio.wait_for(self._process.stdout.readline(), START_SECONDS)
        if not line:
            await self._process.wait()
            return False
        self._address = ("127.0.0.1", int(line.rsplit(b":", 1)[1]))
        return True

    def _environment(self) -> dict[str, str]:
        environment = {**os.environ, TEST_MODE_VARIABLE: "1"}
        library = faketime_library() if self._has_clock else None
        if library is not None:
            # Only the wall clock: a machine's steady clocks are never set.
            environment |= {
                "LD_PRELOAD": str(library), "FAKETIME_TIMESTAMP_FILE": str(self._clock), "FAKETIME_NO_CACHE": "1",
                "FAKETIME_DONT_FAKE_MONOTONIC": "1",
            }  # fmt: skip
        return environment

    async def kill(self) -> None:
        if self._process is not None and self.is_up:
            self._process.kill()
            await self._process.wait()

    async def stop(self) -> None:
        if self._process is not None and self.is_up:
            self._process.send_signal(signal.SIGTERM)
            code = await asyncio.wait_for(self._process.wait(), START_SECONDS)
            assert code == 0, f"SIGTERM ended it with {code}:\n{self.log}"

    def fill(self, *, full: bool) -> None:
        if self._kind == "memory":
            return
        self._is_starved = True
        if full and self._disk.can_be_full:
            self._disk.fill()
        elif self.is_up:
            self._limit_files(1)

    def free(self) -> None:
        self._is_starved = False
        self._disk.free()
        if self.is_up:
            self._limit_files(resource.RLIM_INFINITY)

    def _limit_files(self, size: int) -> None:
        # Only the soft limit, so that it can be taken back.
        resource.prlimit(self.process_id, resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))

    def jump(self, seconds: int) -> None:
        self._clock.write_text(f"{seconds:+d}")

    async def restart_storage(self) -> None:
        """The file has no process."""

    async def close(self) -> None:
        await self.kill()
        self._log.close()
        self._disk.close()
