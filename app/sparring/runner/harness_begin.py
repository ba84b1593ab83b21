"""The first that a Python inside runs: it reads its program, `SIZE` bytes of compiled code, from its work, and runs it.

A command line of Windows has no room for the program. Before this one come `SIZE` and two numbers, `WORK` and `SAYS`.
"""

import marshal
import os


def opened(number, mode):
    """The descriptor that was given under this number; on Windows it is a handle, which becomes a descriptor here."""
    try:
        from msvcrt import open_osfhandle
    except ImportError:
        return number
    return open_osfhandle(number, mode)


def program():
    parts, left = [], SIZE
    while left:
        piece = os.read(JOB, left)
        if not piece:
            os._exit(1)
        parts.append(piece)
        left -= len(piece)
    return marshal.loads(b"".join(parts))


JOB, RESULTS = opened(WORK, os.O_RDONLY), opened(SAYS, os.O_WRONLY)
exec(program())
