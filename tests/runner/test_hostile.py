"""Programs that mean harm, or only behave as if: each ends in time, in words, and leaves nothing behind."""

import os
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from sparring.assets import resources_dir
from sparring.problems import Problem, load_problem
from sparring.runner import CancelToken, CaseResult, CaseState, RunReport, channel, child, run_solution, sandbox
from sparring.runner.sandbox import BUBBLEWRAP, isolation
from sparring.runner.seccomp import no_new_processes
from tests.support.problems import printing_problem
from tests.support.sandboxes import AsOnWindows

needs_bubblewrap = pytest.mark.skipif(isolation() != BUBBLEWRAP, reason="bubblewrap does not work on this machine")
needs_filter = pytest.mark.skipif(no_new_processes() is None, reason="there is no filter for this machine")

# On a slow machine the time ends before the memory does.
HUNGRY = (CaseState.MEMORY, CaseState.ERROR, CaseState.TIMEOUT)

# A solution shares its process with the harness, and can find what it keeps.
FORGER = """
import json, os, sys
def find():
    frame = sys._getframe()
    while "nonce" not in frame.f_locals:
        frame = frame.f_back
    return frame.f_locals["nonce"], frame.f_locals["results"]
def send(record):
    nonce, results = find()
    os.write(results, nonce + json.dumps(record).encode() + b"\\n")
"""


@pytest.fixture(scope="module")
def swap() -> Problem:
    return load_problem(resources_dir() / "problems" / "cheapest-seat-swap")


@pytest.fixture(params=[pytest.param(True, marks=needs_bubblewrap, id="bubblewrap"), pytest.param(False, id="threads")])
def anywhere(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """With bubblewrap, and as near to Windows as this machine comes; on Windows itself with what it has."""
    if not request.param and os.name == "posix":
        monkeypatch.setattr(sandbox, "best", AsOnWindows)


def play(problem: Problem, body: str, cases: list[str] | None = None, before: str = "") -> RunReport:
    code = f"{before}\ndef cheapest_swap(people, seats):\n{body}"
    return run_solution(problem, code, cases=cases or ["the example"])


def first(problem: Problem, body: str, before: str = "") -> CaseResult:
    return play(problem, body, before=before).results[0]


def namespaces() -> dict[str, str]:
    """The process namespace of every living process on this machine that may be looked at."""
    found = {}
    for process in Path("/proc").glob("[0-9]*"):
        try:
            is_dead = "(zombie)" in (process / "status").read_text()
            if not is_dead:
                found[process.name] = str((process / "ns" / "pid").readlink())
        except OSError:
            continue
    return found


# The channel of the results.


@pytest.mark.usefixtures("anywhere")
@pytest.mark.parametrize(
    "flood",
    [
        'os.write(results, b"x" * 65536)',
        'os.write(results, b"\\n" * 4096)',
        "os.write(results, nonce)",
        'os.write(results, nonce + b"{}\\n")',
        "os.write(results, nonce + b'{\"start\": 0}\\n')",
        'os.write(results, nonce + b\'{"start": 0, "x": "\' + b"y" * 1000000)',
        'os.write(results, nonce + b"[" * 100000 + b"\\n")',
        'os.write(results, nonce + b"{\\"index\\": 0, \\"value\\": " + b"9" * 5000 + b"}\\n")',
    ],
)
def test_a_flood_of_the_channel_ends_the_run(swap: Problem, flood: str) -> None:
    result = first(swap, f"    nonce, results = find()\n    while True: {flood}\n", FORGER)
    assert result.state is CaseState.ERROR
    assert "channel of its results" in result.traceback


def test_a_child_that_never_pauses_is_still_late(swap: Problem) -> None:
    # Genuine lines without end: the deadline is looked at between any two of them.
    code = FORGER + "def cheapest_swap(people, seats):\n    while True: send({})\n"
    task = child.Task(code, "cheapest_swap", (["list", ["int"]], ["list", ["int"]]), ["int"], 256)
    running = child.Child.start(task, channel.Budget())
    try:
        with pytest.raises(channel.Broken):
            running.ask(0, {"arguments": swap.cases[0].arguments}, 2)
        # What is thrown away is bounded as well.
        with pytest.raises((channel.Broken, channel.OutOfTime)):
            running.ask(1, {"arguments": swap.cases[0].arguments}, 2)
    finally:
        running.close()


def test_a_program_may_use_its_streams_as_bytes() -> None:
    problem = load_problem(resources_dir() / "problems" / "folded-instructions")
    code = "import sys\nsys.stdout.buffer.write(b'<' + sys.stdin.buffer.readline().rstrip() + b'>')\n"
    result = run_solution(problem, code, cases=["the example"]).results[0]
    assert result.got.startswith("<")
    assert result.traceback == ""


needs_files_in_memory = pytest.mark.skipif(
    not hasattr(os, "memfd_create"), reason="this system cannot keep a file in memory"
)


@needs_files_in_memory
@pytest.mark.usefixtures("anywhere")
@pytest.mark.parametrize(
    "code",
    [
        "import sys\nfor line in open(0): print(line.strip()[::-1])",
        "import os\nos.write(1, os.read(0, 99)[::-1].strip() + b'\\n')",
        "import sys, os\nos.write(sys.stdout.fileno(), sys.stdin.read().strip()[::-1].encode())",
        "import io, os, sys\nsys.stdin = io.TextIOWrapper(io.BytesIO(os.read(sys.stdin.fileno(), 99)))\n"
        "print(input()[::-1])",
        "import sys\nprint('looking', file=sys.stderr)\nprint(input()[::-1])\nprint('done', file=sys.stderr)",
    ],
)
def test_a_program_may_use_its_descriptors(code: str) -> None:
    problem = printing_problem([("abc\n", "cba\n"), ("12\n", "21\n"), ("", "")])
    results = run_solution(problem, code).results[:2]
    assert [(result.state, result.traceback) for result in results] == [(CaseState.PASSED, "")] * 2
    assert ("done" in results[0].output) == ("done" in code)


@needs_files_in_memory
@pytest.mark.usefixtures("anywhere")
def test_a_program_that_closes_its_descriptors_harms_nobody() -> None:
    code = "import os\nprint(input())\nfor one in range(3, 40):\n  try: os.close(one)\n  except OSError: pass\n"
    problem = printing_problem([("a", "a"), ("b", "b")])
    results = run_solution(problem, code + "os.close(0)\nos.close(1)\n").results
    assert results[0].state in (CaseState.PASSED, CaseState.ERROR)
    results = run_solution(problem, "import os\nprint(input())\nos.close(0)\nos.close(1)\n").results
    assert [result.state for result in results] == [CaseState.PASSED] * 2


@pytest.mark.usefixtures("anywhere")
def test_a_program_cannot_write_for_ever_beside_its_stream() -> None:
    code = "import os\nwhile True: os.write(1, b'x' * 100_000)\n"
    result = run_solution(printing_problem([("", "x")]), code).results[0]
    assert result.state in (CaseState.ERROR, CaseState.TIMEOUT)


def test_the_results_of_a_run_are_bounded(swap: Problem, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(channel, "MAX_RUN_BYTES", 100_000)
    report = play(swap, "    return 'x' * 60_000\n", ["the example", "already seated", "nobody"])
    assert [result.state for result in report.results] == [CaseState.WRONG, CaseState.ERROR, CaseState.SKIPPED]
    assert "results in all" in report.results[1].traceback


def test_one_value_is_bounded(swap: Problem) -> None:
    report = play(swap, "    return 'x' * 5_000_000 if people else 0\n", ["the example", "nobody"])
    assert [result.state for result in report.results] == [CaseState.ERROR, CaseState.PASSED]
    assert "too large to be compared" in report.results[0].traceback


@pytest.mark.usefixtures("anywhere")
@pytest.mark.parametrize(
    "record",
    [
        '{"index": 0, "state": "passed", "passed": True}',
        '{"index": 0, "value": 4, "elapsed_ms": "x", "memory_kb": [], "line": "y", "output": {}}',
        '{"index": 0, "value": 10**300, "elapsed_ms": 10**400, "memory_kb": -1}',
        '{"index": 0, "value": float("nan"), "elapsed_ms": float("nan"), "memory_kb": float("inf")}',
        '{"index": "0", "value": 3}',
        '{"index": 1, "value": 3}',
        '{"start": 1}',
        '{"start": 10**9}',
        "[0, 3]",
        '"passed"',
    ],
)
def test_a_forged_record_passes_nothing(swap: Problem, record: str) -> None:
    report = play(swap, f"    send({record})\n    return 4\n", ["the example", "nobody"], FORGER)
    assert [result.state for result in report.results if result.state is CaseState.PASSED] == []


def test_what_was_forged_for_the_next_case_is_not_taken(swap: Problem) -> None:
    # It would have to know the answers, which never come there; and a record out of its turn ends the child.
    body = (
        '    send({"index": 0, "value": 9})\n    send({"start": 1})\n    send({"index": 1, "value": 0})\n    return 3\n'
    )
    report = play(swap, body, ["the example", "nobody"], FORGER)
    assert report.results[0].state is CaseState.WRONG
    assert report.passed <= 1


def test_the_answers_are_not_in_reach(swap: Problem) -> None:
    body = (
        "    frame = sys._getframe()\n    while 'job' not in frame.f_locals: frame = frame.f_back\n"
        "    return sorted(frame.f_locals['job'])\n"
    )
    assert (
        first(swap, body, FORGER).got == "['code', 'function', 'limits', 'listens', 'nonce', 'parameters', 'returns']"
    )


@pytest.mark.usefixtures("anywhere")
def test_a_closed_channel_is_named(swap: Problem) -> None:
    result = first(swap, "    import os\n    os.closerange(3, 64)\n    return 3\n")
    assert (result.state, result.traceback) == (CaseState.ERROR, "Your code closed the channel of its results.")


# How a program ends.


@pytest.mark.usefixtures("anywhere")
@pytest.mark.parametrize(
    ("body", "state", "words"),
    [
        ("    import os\n    os.abort()\n", CaseState.ERROR, "SIGABRT"),
        ("    import os\n    os._exit(3)\n", CaseState.ERROR, "exit code 3"),
        ("    import sys\n    sys.exit(0)\n", CaseState.ERROR, "SystemExit"),
        ("    raise KeyboardInterrupt\n", CaseState.ERROR, "KeyboardInterrupt"),
        ("    raise BaseException('all')\n", CaseState.ERROR, "all"),
        ("    raise Mute\n", CaseState.ERROR, "Mute"),
        ("    raise type('X' * 9_000_000, (Exception,), {})('y' * 9_000_000)\n", CaseState.ERROR, "X"),
        ("    import sys\n    sys.setrecursionlimit(10**9)\n    return cheapest_swap(people, seats)\n", HUNGRY, ""),
        ("    import ctypes\n    ctypes.string_at(0)\n", CaseState.ERROR, "SIGSEGV"),
        ("    while True: print('x', end='')\n", CaseState.TIMEOUT, "1 s"),
        ("    import signal\n    signal.signal(15, signal.SIG_IGN)\n    while True: pass\n", CaseState.TIMEOUT, "1 s"),
        ("    import os\n    os.kill(os.getpid(), 19)\n", CaseState.TIMEOUT, "1 s"),
        (
            "    import time\n    while True:\n        try: time.sleep(9)\n        except: pass\n",
            CaseState.TIMEOUT,
            "1 s",
        ),
        ("    return input()\n", CaseState.ERROR, "EOFError"),
        ("    import os\n    return os.read(0, 9).decode()\n", CaseState.WRONG, ""),
        ("    rest = []\n    while True: rest.append(bytearray(10**6))\n", HUNGRY, ""),
        ("    import mmap\n    return len(mmap.mmap(-1, 10**9))\n", CaseState.ERROR, "memory"),
        ("    open('/tmp/large', 'wb').write(b'x' * 10**7)\n", CaseState.ERROR, "large"),
    ],
)
def test_every_end_has_words(swap: Problem, body: str, state: CaseState | tuple[CaseState, ...], words: str) -> None:
    result = first(swap, body, "class Mute(Exception):\n    def __str__(self): raise SystemExit\n")
    assert result.state in (state if isinstance(state, tuple) else (state,))
    assert words in result.traceback
    assert len(result.traceback) < 10_000


def test_an_end_in_one_case_leaves_the_others(swap: Problem) -> None:
    body = "    import os\n    if people: os._exit(0)\n    return 0\n"
    report = play(swap, body, ["the example", "nobody"])
    assert [result.state for result in report.results] == [CaseState.ERROR, CaseState.PASSED]


# Values.


@pytest.mark.parametrize(
    ("value", "state"),
    [
        ("loop", CaseState.ERROR),
        ("deep(10**5)", CaseState.ERROR),
        ("deep(300)", CaseState.WRONG),
        ("float('inf')", CaseState.WRONG),
        ("10**4000", CaseState.WRONG),
        ("10**5000", CaseState.ERROR),
        ("lambda: 3", CaseState.ERROR),
        ("Evil(a=3)", CaseState.ERROR),
        ("b'3'", CaseState.ERROR),
        ("True", CaseState.WRONG),
        ("3.0", CaseState.WRONG),
        ("'3'", CaseState.WRONG),
        ("Three()", CaseState.WRONG),
        ("print", CaseState.ERROR),
    ],
)
def test_no_value_harms_the_runner(swap: Problem, value: str, state: CaseState) -> None:
    before = (
        "loop = []\nloop.append(loop)\n"
        "class Evil(dict):\n    def items(self): raise SystemExit\n"
        "class Three(str):\n    def __eq__(self, other): return True\n"
        "def deep(levels):\n    made = []\n    for _ in range(levels): made = [made]\n    return made\n"
    )
    result = first(swap, f"    return {value}\n", before)
    assert result.state is state
    assert len(result.got) < 3_000


def test_cases_do_not_share_their_arguments(swap: Problem) -> None:
    body = "    seen.append(len(people))\n    people.clear()\n    seats.clear()\n    return len(seen)\n"
    report = play(swap, body, ["the example", "nobody"], "seen = []")
    assert [result.got for result in report.results] == ["1", "2"]


@pytest.mark.parametrize(
    "body",
    [
        "    import time\n    time.perf_counter = None\n    return 3\n",
        "    import json\n    json.dumps = json.JSONEncoder = json.loads = None\n    return 3\n",
        "    import os\n    os.write = os._exit = None\n    return 3\n",
        "    import sys\n    sys.stdout.close()\n    sys.stdin = sys.stderr = None\n    return 3\n",
        "    import sys\n    del sys.stdout, sys.__stdout__, sys.__stdin__\n    return 3\n",
        "    import builtins\n    builtins.print = builtins.open = builtins.compile = None\n    return 3\n",
        "    import threading\n    threading.Thread(target=forever).start()\n    return 3\n",
        "    import atexit\n    atexit.register(forever)\n    return 3\n",
    ],
)
def test_a_program_that_spoils_its_interpreter_is_still_right(swap: Problem, body: str) -> None:
    before = "def forever():\n    while True: print('still here')\n"
    # Nobody waits for what goes on afterwards: that would be for ever.
    result = first(swap, body, before)
    assert result.state is CaseState.PASSED, result.traceback


def test_what_goes_on_printing_is_not_in_the_next_case(swap: Problem) -> None:
    before = (
        "import sys, threading, time\ndef forever(out):\n    while True:\n        try: out.write('still here')\n"
        "        except ValueError: return\n"
    )
    body = "    if people: threading.Thread(target=forever, args=(sys.stdout,)).start()\n    return 0\n"
    report = play(swap, body, ["already seated", "nobody"], before)
    assert report.results[1].output == ""


# Processes.


@needs_filter
@pytest.mark.usefixtures("anywhere")
@pytest.mark.parametrize(
    "body",
    [
        "    import os\n    while True: os.fork()\n",
        "    import subprocess\n    subprocess.run(['/bin/sh', '-c', ':(){ :|:& };:'])\n",
        "    import os\n    if os.fork() == 0:\n        os.setsid()\n        time.sleep(60)\n    return 3\n",
        "    import multiprocessing\n    multiprocessing.get_context('fork').Process(target=print).start()\n",
    ],
)
def test_no_process_can_be_started(swap: Problem, body: str) -> None:
    result = first(swap, body)
    assert result.state is CaseState.ERROR
    assert "not permitted" in result.traceback or "Errno" in result.traceback


@needs_filter
@pytest.mark.usefixtures("anywhere")
def test_threads_may_be_started(swap: Problem) -> None:
    body = (
        "    got = []\n    thread = threading.Thread(target=got.append, args=(3,))\n"
        "    thread.start()\n    thread.join()\n    return got[0]\n"
    )
    assert first(swap, body, "import threading\nthreading.stack_size(64 * 1024 * 1024)").state is CaseState.PASSED


@needs_bubblewrap
def test_a_daemon_does_not_outlive_the_run(swap: Problem, monkeypatch: pytest.MonkeyPatch) -> None:
    # As on a machine without a filter: the sandbox's processes end together.
    monkeypatch.setattr(child, "no_new_processes", lambda: None)
    body = (
        "    import os, time\n    for _ in range(20):\n        if os.fork() == 0:\n            os.setsid()\n"
        "            time.sleep(60)\n    return os.readlink('/proc/self/ns/pid')\n"
    )
    namespace = first(swap, body).got.strip("'")
    assert namespace.startswith("pid:[")
    assert namespace != str(Path("/proc/self/ns/pid").readlink())
    assert [process for process, own in namespaces().items() if own == namespace] == []


@needs_bubblewrap
def test_what_can_be_written_is_small(swap: Problem) -> None:
    body = (
        "    import os\n    written = 0\n    for number in range(200):\n        try:\n"
        "            with open(f'/tmp/{number}', 'wb') as file: written += file.write(b'x' * 1_000_000)\n"
        "        except OSError: break\n    return written // 1_000_000\n"
    )
    assert int(first(swap, body).got) < 20
    for folder in ("/", "/dev", "/dev/shm", "/usr"):
        assert "Read-only" in first(swap, f"    open('{folder}/x', 'w')\n").traceback


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[int]]:
    """The process ids of the children that a test starts."""
    pids: list[int] = []
    start = child.Child.start

    def watched(*arguments: object) -> child.Child:
        made = start(*arguments)  # type: ignore[arg-type]
        pids.append(made.started.process.pid)
        return made

    monkeypatch.setattr(child.Child, "start", watched)
    yield pids
    if os.name != "posix":
        # There is no harmless signal there; see `test_windows.py`.
        return
    for pid in pids:
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)


@pytest.mark.usefixtures("anywhere")
@pytest.mark.parametrize("stage", ["before", "starting", "running", "between", "told"])
def test_cancelling_at_any_stage_leaves_nothing(swap: Problem, started: list[int], stage: str) -> None:
    token = CancelToken()
    if stage == "before":
        token.cancel()
    if stage == "starting":
        watch = token.watch
        token.watch = lambda kill: (watch(kill), token.cancel())[0]  # type: ignore[method-assign, assignment]
    reports: list[RunReport] = []
    running = threading.Event()

    def heard(result: CaseResult) -> None:
        running.set()
        if stage == "between":
            token.cancel()

    body = "    if len(people) == 2:\n        while True: pass\n    return 3\n"
    code = f"def cheapest_swap(people, seats):\n{body}"
    thread = threading.Thread(target=lambda: reports.append(run_solution(swap, code, on_result=heard, cancel=token)))
    thread.start()
    assert running.wait(20)
    if stage in ("running", "told"):
        token.cancel()
    thread.join(20)
    token.cancel()
    assert reports[0].results[-1].state is CaseState.SKIPPED
    assert len(reports[0].results) == len(swap.cases)
    assert bool(started) == (stage != "before")
