"""The program inside the sandbox. It imports nothing of ours: its source is handed to a bare interpreter.

It reads one job (JSON) from descriptor `JOB`, runs the cases one after the other and writes one line of JSON a case
to descriptor `RESULTS`, each beginning with the run's nonce. The nonce and the descriptor keep prints and accidents
out of the results; a solution that goes looking for them can still lie about itself, and cheats nobody but its writer.
The expected answers are not part of the job.
"""

import io
import json
import os
import sys
import time
import traceback

MAX_OUTPUT = 65_536
FILE = "solution.py"


class BoundedOutput(io.TextIOBase):
    """Keeps the beginning of what is printed."""

    def __init__(self):
        self.parts = []
        self.size = 0

    def writable(self):
        return True

    def write(self, text):
        room = MAX_OUTPUT - self.size
        if room > 0:
            self.parts.append(text[:room])
        self.size += len(text)
        return len(text)

    def text(self):
        cut = "\n… (cut off)" if self.size > MAX_OUTPUT else ""
        return "".join(self.parts) + cut


def set_limits(memory_mb):
    try:
        import resource
    except ImportError:
        return
    size = memory_mb * 1_048_576
    resource.setrlimit(resource.RLIMIT_AS, (size + 64 * 1_048_576,) * 2)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (1_048_576, 1_048_576))


def memory_kb():
    try:
        import resource
    except ImportError:
        return 0
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def describe(error):
    """The traceback with the solution's own lines only, and the last of their numbers."""
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename == FILE]
    line = frames[-1].lineno if frames else None
    if isinstance(error, SyntaxError) and error.filename == FILE:
        line = error.lineno
    if len(frames) > 12:
        frames = frames[:6] + frames[-6:]
    listed = [f"line {frame.lineno}, in {frame.name}: {frame.line or ''}".rstrip() for frame in frames]
    words = "".join(traceback.format_exception_only(type(error), error)).strip()
    return "\n".join([*listed, words])[:8_000], line


def main():
    with os.fdopen(JOB, "rb") as source:  # noqa: F821 - set by the runner
        job = json.loads(source.read())
    results = os.fdopen(RESULTS, "w", encoding="utf-8")  # noqa: F821 - set by the runner
    nonce, code, function_name = job["nonce"], job["code"], job["function"]
    set_limits(job["memory_mb"])
    import linecache

    linecache.cache[FILE] = (len(code), None, code.splitlines(keepends=True), FILE)

    def tell(record):
        results.write(nonce + json.dumps(record) + "\n")
        results.flush()

    namespace = None
    for case in job["cases"]:
        tell({"start": case["index"]})
        output = BoundedOutput()
        record = {"index": case["index"]}
        sys.stdout = sys.stderr = output
        sys.stdin = io.StringIO(case.get("stdin", ""))
        begin = time.perf_counter()
        try:
            if function_name is None:
                exec(compile(code, FILE, "exec"), {"__name__": "__main__"})
            else:
                if namespace is None:
                    namespace = {"__name__": "solution"}
                    exec(compile(code, FILE, "exec"), namespace)
                if not callable(namespace.get(function_name)):
                    raise NameError(f"there is no function {function_name}()")
                begin = time.perf_counter()
                record["value"] = namespace[function_name](*case["arguments"])
        except MemoryError:
            namespace = None
            record["memory"] = True
        except SystemExit as error:
            if function_name is not None or error.code not in (None, 0):
                record["error"], record["line"] = describe(error)
        except BaseException as error:
            record["error"], record["line"] = describe(error)
        record["elapsed_ms"] = (time.perf_counter() - begin) * 1000
        sys.stdout, sys.stderr, sys.stdin = sys.__stdout__, sys.__stderr__, sys.__stdin__
        record["output"] = output.text()
        record["memory_kb"] = memory_kb()
        try:
            tell(record)
        except (TypeError, ValueError, RecursionError, MemoryError) as error:
            value = type(record.pop("value", None)).__name__
            record["error"] = f"the returned {value} is no value of the expected kind ({error})"
            tell(record)


main()
