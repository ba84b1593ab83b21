"""A timer as a file descriptor, for `epoll`: its own time-out counts in whole milliseconds. Linux only."""

import ctypes
import os
import time

_NONBLOCKING = 0o4000


class _Timespec(ctypes.Structure):
    _fields_ = (("seconds", ctypes.c_long), ("nanoseconds", ctypes.c_long))


class _Setting(ctypes.Structure):
    _fields_ = (("interval", _Timespec), ("first", _Timespec))


class Timer:
    """Becomes readable every so many seconds."""

    def __init__(self, seconds: float) -> None:
        self._libc = ctypes.CDLL(None, use_errno=True)
        self.fd: int = self._libc.timerfd_create(time.CLOCK_MONOTONIC, _NONBLOCKING)
        if self.fd < 0:
            raise OSError(ctypes.get_errno(), "no timer could be made")
        nanoseconds = max(1, int(seconds * 1e9))
        pause = _Timespec(nanoseconds // 10**9, nanoseconds % 10**9)
        self._libc.timerfd_settime(self.fd, 0, ctypes.byref(_Setting(pause, pause)), None)

    def take(self) -> None:
        """Make it unreadable again."""
        try:
            os.read(self.fd, 8)
        except BlockingIOError:
            pass

    def close(self) -> None:
        os.close(self.fd)
