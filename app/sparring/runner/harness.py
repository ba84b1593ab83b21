"""The program inside the sandbox. It imports nothing of ours: its source is handed to a bare interpreter.

Before it come `harness_limits.py` and `harness_shapes.py`. From descriptor `JOB` it reads a job (a line of JSON), then
a line for each case, when its turn has come: its number and its input. To descriptor `RESULTS` it writes, for each
case, a line when it starts and one when it ends: JSON after the run's nonce. The nonce keeps accidents out.
A solution shares this process and can find it; so a line says what a case returned and never whether that is right.
The expected answers never come here, the runner compares, and it takes no line out of turn: whoever forges one can say
no more than a `return` could. What is used after a solution ran is bound before, so that a solution that replaces, say,
`time.perf_counter` only confuses itself.
`harness.js` is the same for JavaScript; a problem's checker runs here as well, as a function with three parameters.
"""

import io
import json
import os
import sys
import time
import traceback

MAX_OUTPUT = 65_536
MAX_ANSWER = 262_144
MAX_RECORD = 4_000_000
MAX_WORDS = 8_000
FILE = "solution.py"
CHANNEL_CLOSED = 77


class Printed(io.RawIOBase):
    """Keeps the beginning of what is printed."""

    def __init__(self, most):
        self.parts = []
        self.size = 0
        self.most = most

    def writable(self):
        return True

    def write(self, data):
        piece = bytes(data)
        room = self.most - self.size
        if room > 0:
            self.parts.append(piece[:room])
        self.size += len(piece)
        return len(piece)

    def text(self):
        cut = "\n… (cut off)" if self.size > self.most else ""
        return b"".join(self.parts).decode("utf-8", "replace") + cut


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
    source = os.fdopen(JOB, "rb")
    job = json.loads(source.readline())
    code, function_name, returns = job["code"], job["function"], job["returns"]
    nonce, results = job["nonce"].encode(), RESULTS
    clock, encode, write, leave = time.perf_counter, json.JSONEncoder().encode, os.write, os._exit
    decode, build, unbuild = json.loads, make, take
    memory_kb = memory_reader()
    streams = sys.stdin, sys.stdout, sys.stderr
    confine(job["limits"])
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
    for row in source:
        number, _, text = row.partition(b" ")
        record = {"index": int(number)}
        printed = Printed(MAX_ANSWER if function_name is None else MAX_OUTPUT)
        output = io.TextIOWrapper(printed, encoding="utf-8", errors="backslashreplace")
        value = arguments = None
        try:
            case = decode(text)
            stdin = io.BytesIO(case.get("stdin", "").encode("utf-8", "replace"))
            if function_name is not None:
                arguments = [build(spec, given) for spec, given in zip(job["parameters"], case["arguments"])]
        except MemoryError:
            tell({"start": record["index"]})
            tell({**record, "memory": True})
            continue
        del row, text, case
        tell({"start": record["index"]})
        sys.stdin = io.TextIOWrapper(stdin, encoding="utf-8")
        sys.stdout = sys.stderr = output
        begin = clock()
        try:
            if function_name is None:
                exec(compile(code, FILE, "exec"), {"__name__": "__main__"})
            else:
                if namespace is None:
                    namespace = {"__name__": "solution", "ListNode": ListNode, "TreeNode": TreeNode}
                    exec(compile(code, FILE, "exec"), namespace)
                if not callable(namespace.get(function_name)):
                    raise NameError(f"there is no function {function_name}()")
                begin = clock()
                value = namespace[function_name](*arguments)
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
            if function_name is not None and "error" not in record and "memory" not in record:
                record["value"] = unbuild(returns, value)
            tell(record)
        except BaseException as error:
            record.pop("value", None)
            kind = type(value).__name__[:80]
            record["error"] = f"the returned {kind} is no value of the expected kind ({describe(error)[0][:200]})"
            tell(record)
        del arguments, value
    leave(0)


main()
