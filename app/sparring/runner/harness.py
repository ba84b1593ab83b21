"""The program inside the sandbox. It imports nothing of ours: its source is handed to a bare interpreter.

It reads one job (JSON) from descriptor `JOB`, runs the cases one after the other and writes to descriptor `RESULTS`,
for each case, a line when it starts and one when it ends: JSON after the run's nonce. The nonce keeps accidents out.
A solution shares this process and can find it; so a line says what a case returned and never whether that is right.
The expected answers are not part of the job, the runner compares, and it takes no line out of turn: whoever forges one
can say no more than a `return` could. What is used after a solution ran is bound before, so that a solution that
replaces, say, `time.perf_counter` only confuses itself.
"""

import io
import json
import os
import sys
import time
import traceback

MAX_OUTPUT = 65_536
MAX_RECORD = 4_000_000
MAX_WORDS = 8_000
FILE = "solution.py"
CHANNEL_CLOSED = 77


class Printed(io.RawIOBase):
    """Keeps the beginning of what is printed."""

    def __init__(self):
        self.parts = []
        self.size = 0

    def writable(self):
        return True

    def write(self, data):
        piece = bytes(data)
        room = MAX_OUTPUT - self.size
        if room > 0:
            self.parts.append(piece[:room])
        self.size += len(piece)
        return len(piece)

    def text(self):
        cut = "\n… (cut off)" if self.size > MAX_OUTPUT else ""
        return b"".join(self.parts).decode("utf-8", "replace") + cut


def set_limits(memory_mb):
    try:
        import resource
    except ImportError:
        return
    memory = (memory_mb + 64) * 1_048_576
    for name, value in (("AS", memory), ("CORE", 0), ("FSIZE", 1_048_576), ("NOFILE", 64)):
        try:
            resource.setrlimit(getattr(resource, "RLIMIT_" + name), (value, value))
        except (ValueError, OSError):
            continue


def forbid_processes(program):
    """What bubblewrap does for us where there is bubblewrap."""
    import ctypes

    class Program(ctypes.Structure):
        _fields_ = (("length", ctypes.c_ushort), ("rows", ctypes.c_char_p))

    libc = ctypes.CDLL(None)
    no_new_privileges, seccomp, filter_mode = 38, 22, 2
    libc.prctl(no_new_privileges, 1, 0, 0, 0)
    libc.prctl(seccomp, filter_mode, ctypes.byref(Program(len(program) // 8, program)), 0, 0)


def memory_reader():
    try:
        from resource import RUSAGE_SELF, getrusage
    except ImportError:
        return lambda: 0
    return lambda: getrusage(RUSAGE_SELF).ru_maxrss


def describe(error):
    """The traceback with the solution's own lines only, and the last of their numbers. Never raises."""
    try:
        frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename == FILE]
        line = frames[-1].lineno if frames else None
        if isinstance(error, SyntaxError) and error.filename == FILE:
            line = error.lineno
        if len(frames) > 12:
            frames = frames[:6] + frames[-6:]
        listed = [f"line {frame.lineno}, in {frame.name}: {frame.line or ''}".rstrip() for frame in frames]
        words = "".join(traceback.format_exception_only(type(error), error)).strip()
        return "\n".join([*listed, words])[:MAX_WORDS], line
    except BaseException:
        return f"{type(error).__name__} (it cannot be described)", None


def main():
    with os.fdopen(JOB, "rb") as source:  # noqa: F821 - set by the runner
        job = json.loads(source.read())
    code, function_name = job["code"], job["function"]
    nonce, results = job["nonce"].encode(), RESULTS  # noqa: F821 - set by the runner
    clock, encode, write, leave = time.perf_counter, json.JSONEncoder().encode, os.write, os._exit
    memory_kb = memory_reader()
    streams = sys.stdin, sys.stdout, sys.stderr
    set_limits(job["memory_mb"])
    if job["filter"]:
        try:
            forbid_processes(bytes.fromhex(job["filter"]))
        except (ImportError, OSError, AttributeError):
            pass
    import linecache

    linecache.cache[FILE] = (len(code), None, code.splitlines(keepends=True), FILE)

    def tell(record):
        line = nonce + encode(record).encode() + b"\n"
        if len(line) > MAX_RECORD:
            raise ValueError("too large to be compared")
        view = memoryview(line)
        while view:
            try:
                view = view[write(results, view) :]
            except OSError:
                leave(CHANNEL_CLOSED)

    namespace = None
    for case in job["cases"]:
        tell({"start": case["index"]})
        record = {"index": case["index"]}
        printed = Printed()
        output = io.TextIOWrapper(printed, encoding="utf-8", errors="backslashreplace")
        sys.stdin = io.TextIOWrapper(io.BytesIO(case["stdin"].encode("utf-8", "replace")), encoding="utf-8")
        sys.stdout = sys.stderr = output
        begin = clock()
        try:
            if function_name is None:
                exec(compile(code, FILE, "exec"), {"__name__": "__main__"})
            else:
                if namespace is None:
                    namespace = {"__name__": "solution"}
                    exec(compile(code, FILE, "exec"), namespace)
                if not callable(namespace.get(function_name)):
                    raise NameError(f"there is no function {function_name}()")
                begin = clock()
                record["value"] = namespace[function_name](*case["arguments"])
        except MemoryError:
            namespace = None
            record["memory"] = True
        except SystemExit as error:
            if function_name is not None or error.code not in (None, 0):
                record["error"], record["line"] = describe(error)
        except BaseException as error:
            record["error"], record["line"] = describe(error)
        record["elapsed_ms"] = (clock() - begin) * 1000
        sys.stdin, sys.stdout, sys.stderr = streams
        try:
            output.flush()
        except (ValueError, MemoryError):
            # The solution closed it; what was printed before is kept.
            pass
        record["output"] = printed.text()
        record["memory_kb"] = memory_kb()
        try:
            tell(record)
        except BaseException as error:
            kind = type(record.pop("value", None)).__name__[:80]
            record["error"] = f"the returned {kind} is no value of the expected kind ({describe(error)[0][:200]})"
            tell(record)
    leave(0)


main()
