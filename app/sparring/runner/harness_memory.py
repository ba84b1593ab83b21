"""What tells inside the sandbox how much memory was used."""


def memory_reader():
    """What tells the most memory that this process ever used, in KB."""
    try:
        from resource import RUSAGE_SELF, getrusage
    except ImportError:
        return windows_memory_reader()
    return lambda: getrusage(RUSAGE_SELF).ru_maxrss


def windows_memory_reader():
    """The same where the system is asked through `psapi.h`."""
    try:
        import ctypes
        from ctypes.wintypes import DWORD, HANDLE

        class Counters(ctypes.Structure):
            _fields_ = [("size", DWORD), ("faults", DWORD), ("peak", ctypes.c_size_t), ("rest", ctypes.c_size_t * 7)]

        ask = ctypes.WinDLL("kernel32").K32GetProcessMemoryInfo
        ask.argtypes = (HANDLE, ctypes.POINTER(Counters), DWORD)
        own_process, counters, size = HANDLE(-1), Counters(), ctypes.sizeof(Counters)
        where = ctypes.byref(counters)
    except (ImportError, AttributeError, OSError):
        return lambda: 0
    return lambda: counters.peak // 1024 if ask(own_process, where, size) else 0
