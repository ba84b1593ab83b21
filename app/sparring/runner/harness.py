"""The program inside the sandbox. It imports nothing of ours: its source is handed to a bare interpreter.

`harness_begin.py` reads it, and those of `child.HARNESS` come before it. From descriptor `JOB` it reads a job (a line
of JSON), then a line for each case: its number and its input. To descriptor `RESULTS` it writes, for each case, a line
when it starts and one when it ends: JSON after the run's nonce; between them what is printed, as it is printed, if
somebody listens. The nonce keeps accidents out.
A solution shares this process and can find it; so a line says what a case returned and never whether that is right.
The expected answers never come here, the runner compares, and it takes no line out of turn: whoever forges one can say
no more than a `return` could. What is used after a solution ran is bound before, so that a solution that replaces, say,
`time.perf_counter` only confuses itself. What is imported here is waited for at each press of Run, so it is little.
`harness.js` is the same for JavaScript; a problem's checker and its generator run here as well, as functions.
"""

import _thread
import io
import time

MAX_OUTPUT = 65_536
MAX_ANSWER = 262_144
MAX_RECORD = 4_000_000
MAX_NEXT = 65_536
MAX_PIECE = 65_536
MAX_WORDS = 8_000
FILE = "solution.py"
CHANNEL_CLOSED = 77


class Printed(io.RawIOBase):
    """Keeps the beginning of what is printed, and gives it to `say` at once if there is one."""

    def __init__(self, most, say):
        self.parts = []
        self.size = 0
        self.most = most
        self.say = say

    def writable(self):
        return True

    def write(self, data):
        piece = bytes(data)
        room = self.most - self.size
        self.size += len(piece)
        if room > 0:
            self.parts.append(piece[:room])
            if self.say is not None:
                self.say(self, piece[:room])
        return len(piece)

    def text(self):
        cut = "\n… (cut off)" if self.size > self.most else ""
        return b"".join(self.parts).decode("utf-8", "replace") + cut


class Source:
    """Through this the interpreter's own tools find the solution's lines."""

    def __init__(self, code):
        self.code = code

    def get_source(self, name):
        return self.code


def describe(error, rows):
    """The traceback with the solution's own lines (`rows`) only, and the last of their numbers. Never raises."""
    try:
        frames, trace = [], error.__traceback__
        while trace is not None:
            code = trace.tb_frame.f_code
            if code.co_filename == FILE:
                frames.append((trace.tb_lineno or 0, code.co_name))
            trace = trace.tb_next
        line = frames[-1][0] if frames else None
        if isinstance(error, SyntaxError) and error.filename == FILE:
            line = error.lineno
        if len(frames) > 12:
            frames = frames[:6] + frames[-6:]
        listed = []
        for number, name in frames:
            text = rows[number - 1].strip() if 0 < number <= len(rows) else ""
            listed.append(f"line {number}, in {name}: {text}".rstrip())
        return "\n".join([*listed, last_words(error)])[:MAX_WORDS], line
    except BaseException:
        return f"{type(error).__name__} (it cannot be described)", None


def last_words(error):
    """As the interpreter ends a traceback."""
    kind = type(error)
    if isinstance(error, SyntaxError):
        # It shows the line and the place, and no solution has run yet that could have spoiled the module.
        import traceback

        return "".join(traceback.format_exception_only(kind, error)).strip()
    name = kind.__qualname__
    if kind.__module__ not in ("builtins", "__main__", "solution"):
        name = f"{kind.__module__}.{name}"
    words = str(error)
    notes = [str(note) for note in getattr(error, "__notes__", ())]
    return "\n".join([f"{name}: {words}" if words else name, *notes])


def rows_of(descriptor, read):
    """Its lines, each with the bytes of the next one if that is there already, or 0."""
    parts = []
    while piece := read(descriptor, MAX_PIECE):
        *lines, rest = piece.split(b"\n")
        if lines:
            lines[0] = b"".join([*parts, lines[0]])
            parts = []
        parts.append(rest)
        # None is kept after its turn: the next may need the memory.
        lines.reverse()
        while lines:
            next_size = len(lines[-2]) if len(lines) > 1 else 0
            yield lines.pop(), next_size


class Streams:
    """What a solution finds as its standard streams. Those that nobody has used or kept serve the next case too."""

    def __init__(self, most, say, listens):
        self.most, self.say, self.listens = most, say, listens
        self.count = sys.getrefcount
        self.is_fresh = False

    def make(self, text):
        """The input and the output of a case; what a function says to standard error is printed as well."""
        if self.is_fresh and not text:
            return
        self.printed = Printed(self.most, self.say)
        self.output = io.TextIOWrapper(
            self.printed, encoding="utf-8", errors="backslashreplace", newline="\n", line_buffering=self.listens
        )
        self.input = io.TextIOWrapper(io.BytesIO(text.encode("utf-8", "replace")), encoding="utf-8")
        self.errors = self.output
        self.has_text = bool(text)
        self.holders = self.count(self.input), self.count(self.output), self.count(self.printed)

    def finish(self):
        """What was printed. Call it when the interpreter has its own streams again."""
        try:
            self.output.flush()
            holders = self.count(self.input), self.count(self.output), self.count(self.printed)
            self.is_fresh = not (self.printed.size or self.has_text or self.input.closed) and holders == self.holders
        except (ValueError, MemoryError):
            # The solution closed it; what was printed before is kept.
            self.is_fresh = False
        return self.printed.text() if self.printed.size else ""

    def hush(self, turn):
        """A thread that goes on printing is heard no more."""
        if not self.is_fresh:
            with turn:
                self.printed.say = None


class ProgramStreams(Streams):
    """A program has its streams at the descriptors 0 and 1 as well, where the system can keep files in memory.

    Many read the one or write the other directly. What it says to standard error is no part of its answer.
    """

    def __init__(self, most, say, listens):
        super().__init__(most, say, listens)
        self.make_file = getattr(os, "memfd_create", None)
        if self.make_file is not None:
            self.put, self.rewind, self.become, self.look, self.close = os.write, os.lseek, os.dup2, os.pread, os.close

    def make(self, text):
        self.is_fresh = False
        super().make(text)
        self.complaints = Printed(MAX_OUTPUT, self.say)
        self.errors = io.TextIOWrapper(
            self.complaints, encoding="utf-8", errors="backslashreplace", newline="\n", line_buffering=True
        )
        self.direct = -1
        if self.make_file is None:
            return
        given, data = self.file("input"), text.encode("utf-8", "replace")
        while data:
            data = data[self.put(given, data) :]
        self.rewind(given, 0, 0)
        self.become(given, 0)
        self.close(given)
        self.input = io.TextIOWrapper(io.BufferedReader(io.FileIO(0, closefd=False)), encoding="utf-8")
        self.direct = self.file("output")
        self.become(self.direct, 1)
        self.printed.fileno = lambda: 1

    def file(self, name):
        """A file in memory, beside the standard streams: the case before may have closed those."""
        made = self.make_file(name)
        return made if made > 2 else self.file(name)

    def finish(self):
        """What was written directly comes first, as it does where the rest waits in a buffer until the end."""
        text, self.is_fresh = super().finish(), False
        if self.direct < 0:
            return text
        try:
            direct = self.look(self.direct, self.most + 1, 0)
            self.close(self.direct)
        except OSError:
            # The program closed it.
            return text
        return direct.decode("utf-8", "replace") + text

    def said(self):
        """What went to standard error."""
        try:
            self.errors.flush()
        except (ValueError, MemoryError):
            pass
        return self.complaints.text() if self.complaints.size else ""

    def hush(self, turn):
        super().hush(turn)
        with turn:
            self.complaints.say = None


def main():
    decode, encode = make_codec()
    source = rows_of(JOB, os.read)
    job = decode(next(source)[0].decode())
    code, function_name, returns = job["code"], job["function"], job["returns"]
    nonce, results = job["nonce"].encode(), RESULTS
    clock, write, leave = time.perf_counter, os.write, os._exit
    build, unbuild = make, take
    builds = [needs_making(spec) for spec in job["parameters"]]
    has_to_unbuild = has_nodes(returns)
    most = MAX_ANSWER if function_name is None else MAX_OUTPUT
    listens = job["listens"]
    lines = code.splitlines()
    turn = _thread.allocate_lock()
    memory_kb = memory_reader()
    own = sys.stdin, sys.stdout, sys.stderr
    confine(job["limits"])

    def push(line):
        view = memoryview(line)
        while view:
            try:
                view = view[write(results, view) :]
            except OSError:
                leave(CHANNEL_CLOSED)

    def send(line):
        # One record after the other, whatever other threads print.
        with turn:
            push(line)

    def line_of(record):
        line = nonce + encode(record).encode() + b"\n"
        if len(line) > MAX_RECORD:
            raise ValueError("too large to be compared")
        return line

    def say(printed, piece):
        """Pass on what a case prints: any bytes, as the characters of the same numbers."""
        line = nonce + encode({"printed": piece.decode("latin-1")}).encode() + b"\n"
        # A destructor may print while its own thread sends; what it says then is in the result only.
        if turn.acquire(True, 0.05):
            try:
                if printed.say is not None:
                    push(line)
            finally:
                turn.release()

    kind = ProgramStreams if function_name is None else Streams
    streams = kind(most, say if listens else None, listens)
    # The last case's end, if it waits for the next one's beginning: half as many messages.
    waiting = b""
    namespace = None
    for row, next_size in source:
        number, _, text = row.partition(b" ")
        record = {"index": int(number)}
        start = nonce + b'{"start": %d}\n' % record["index"]
        value = arguments = None
        try:
            case = decode(text.decode())
            streams.make(case.get("stdin", ""))
            if function_name is not None:
                arguments = [
                    build(spec, given) if is_built else given
                    for is_built, spec, given in zip(builds, job["parameters"], case["arguments"])
                ]
        except MemoryError:
            send(waiting + start + line_of({**record, "memory": True}))
            waiting = b""
            continue
        del row, text, case
        send(waiting + start)
        sys.stdin = streams.input
        sys.stdout, sys.stderr = streams.output, streams.errors
        begin = clock()
        try:
            if function_name is None:
                exec(compile(code, FILE, "exec"), {"__name__": "__main__", "__loader__": Source(code)})
            else:
                if namespace is None:
                    namespace = {"__name__": "solution", "__loader__": Source(code)}
                    namespace.update(ListNode=ListNode, TreeNode=TreeNode)
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
                record["error"], record["line"] = describe(error, lines)
        except BaseException as error:
            record["error"], record["line"] = describe(error, lines)
        record["elapsed_ms"] = (clock() - begin) * 1000
        sys.stdin, sys.stdout, sys.stderr = own
        record["output"] = streams.finish()
        if function_name is None:
            record["errors"] = streams.said()
        streams.hush(turn)
        record["memory_kb"] = memory_kb()
        try:
            if function_name is not None and "error" not in record and "memory" not in record:
                record["value"] = unbuild(returns, value) if has_to_unbuild else value
            waiting = line_of(record)
        except BaseException as error:
            record.pop("value", None)
            kind = type(value).__name__[:80]
            reason = describe(error, lines)[0][:200]
            record["error"] = f"the returned {kind} is no value of the expected kind ({reason})"
            waiting = line_of(record)
        del arguments, value
        if not 0 < next_size <= MAX_NEXT or len(waiting) > MAX_NEXT:
            send(waiting)
            waiting = b""
    leave(0)


main()
