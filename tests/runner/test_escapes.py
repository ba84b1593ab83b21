"""Ways out of the sandbox, and past the end of a run: none is open, and what was tried is said in words."""

import os
import select
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from sparring.runner import CaseResult, CaseState, run_solution, sandbox
from sparring.runner.sandbox import BUBBLEWRAP, isolation
from sparring.runner.seccomp import no_new_processes
from tests.support.problems import function_problem, printing_problem

needs_bubblewrap = pytest.mark.skipif(isolation() != BUBBLEWRAP, reason="bubblewrap does not work on this machine")
needs_filter = pytest.mark.skipif(no_new_processes() is None, reason="there is no filter for this machine")
HERE = str(Path(__file__).resolve().parent)
TEXTS = function_problem("string", {"n": "int"}, [([1], "held")], time_limit_s=5)

BEFORE = """
import ctypes, os, socket
def is_open(number):
    try: return bool(os.fstat(number))
    except OSError: return False
"""


@pytest.fixture(params=[pytest.param(True, marks=needs_bubblewrap, id="bubblewrap"), pytest.param(False, id="limits")])
def anywhere(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """With bubblewrap, and as on a machine without it."""
    if not request.param:
        monkeypatch.setattr(sandbox, "best", sandbox.LimitsOnly)


def first(body: str) -> CaseResult:
    lines = "\n".join(f"    {line}" for line in body.splitlines())
    return run_solution(TEXTS, f"{BEFORE}\ndef solve(n):\n{lines}\n").results[0]


def held(body: str) -> CaseResult:
    """What is tried must raise an error; then it was held."""
    lines = "\n".join(f"    {line}" for line in body.splitlines())
    return first(f"try:\n{lines}\nexcept OSError: return 'held'\nreturn 'open'")


@needs_bubblewrap
@pytest.mark.parametrize(
    "body",
    [
        "os.symlink('/etc/passwd', '/tmp/link')\nopen('/tmp/link')",
        f"os.symlink({HERE!r}, '/tmp/home')\nos.listdir('/tmp/home')",
        "os.link('/usr/bin/env', '/tmp/env')",
        "os.symlink('/tmp', '/usr/link')",
        f"os.listdir('/proc/self/root' + {HERE!r})",
        f"os.listdir('/proc/1/root' + {HERE!r})",
        f"os.listdir('/proc/self/cwd/../../../..' + {HERE!r})",
        "open('/proc/sysrq-trigger', 'w')",
        # Opened and not written to: where the sandbox leaks, the test shall change nothing of the machine.
        "open('/proc/sys/kernel/core_pattern', 'r+')",
        "open('/proc/self/oom_score_adj', 'r+')",
        "open('/proc/1/mem', 'r+b').read(1)",
        "open(f'/proc/{os.getppid()}/environ', 'rb').read() and open('/proc/1/root/etc/passwd')",
        "open('/usr/bin/env', 'r+b')",
        "os.chmod('/usr', 0o755)",
        "os.mknod('/tmp/disk', 0o60666, os.makedev(8, 0))\nopen('/tmp/disk', 'rb')",
        "socket.socket(socket.AF_INET, socket.SOCK_STREAM).connect(('127.0.0.1', 631))",
        "socket.socket(socket.AF_UNIX).connect('\\0anything')",
        "socket.getaddrinfo('example.org', 80)",
        "os.setuid(12345)\nos.setuid(0)",
    ],
)
def test_every_way_out_is_shut(body: str) -> None:
    result = held(body)
    assert (result.state, result.got) == (CaseState.PASSED, "'held'"), result


@needs_filter
@pytest.mark.usefixtures("anywhere")
@pytest.mark.parametrize(
    "call",
    [
        "unshare(0x10000000)",
        "setns(0, 0)",
        "mount(b'none', b'/tmp', b'tmpfs', 0, None)",
        "ptrace(16, os.getppid(), None, None)",
        "process_vm_readv(os.getppid(), None, 0, None, 0, 0)",
        "syscall(425, 8, None)",
        "syscall(272, 0x10000000)" if os.uname().machine == "x86_64" else "syscall(97, 0x10000000)",
    ],
)
def test_calls_that_no_solution_needs_are_not_permitted(call: str) -> None:
    result = first(f"libc = ctypes.CDLL(None, use_errno=True)\nlibc.{call}\nreturn os.strerror(ctypes.get_errno())")
    assert result.got == "'Operation not permitted'", result


@needs_bubblewrap
def test_it_holds_no_descriptor_but_its_own() -> None:
    result = first("return ' '.join(os.readlink(f'/proc/self/fd/{n}') for n in range(64) if is_open(n))")
    assert [name.partition(":")[0] for name in result.got.strip("'").split()] == [
        "/dev/null",
        "/dev/null",
        "/memfd",
        "(deleted)",
        "pipe",
        "pipe",
    ]


@needs_bubblewrap
def test_its_environment_tells_nothing_of_me(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_OF_MINE", "seen")
    names = set(first("return ' '.join(os.environ)").got.strip("'").split())
    assert names <= {"HOME", "LANG", "LC_CTYPE", "PATH", "PWD"}


@needs_bubblewrap
def test_killing_its_parent_ends_nobody_else() -> None:
    result = first(
        "assert os.getppid() < 9, 'not in a namespace of its own'\n"
        "for pid in (os.getppid(), 1, -1): os.kill(pid, 9)\nreturn 'held'"
    )
    # Its first process cannot be killed from inside; -1 means everybody else whom it sees, and there is nobody.
    assert "namespace" not in result.traceback
    assert result.state is CaseState.PASSED or "ProcessLookupError" in result.traceback, result


@pytest.mark.usefixtures("anywhere")
@pytest.mark.parametrize(
    "body",
    [
        "import signal\nfor n in range(1, 65):\n    try: signal.signal(n, signal.SIG_IGN)\n"
        "    except (OSError, ValueError): pass\nwhile True: pass",
        "import signal\nsignal.signal(signal.SIGALRM, lambda *a: None)\n"
        "signal.setitimer(signal.ITIMER_REAL, 0.01, 0.01)\nwhile True: pass",
        "while True:\n    try:\n        while True: pass\n    except BaseException: continue",
        "import threading\nlock = threading.Lock()\nlock.acquire()\nlock.acquire()",
        "os.read(os.pipe()[0], 1)",
        "os.kill(os.getpid(), 19)",
    ],
)
def test_nothing_catches_the_time_out(body: str) -> None:
    problem = function_problem("string", {"n": "int"}, [([1], "held")], time_limit_s=0.2)
    lines = "\n".join(f"    {line}" for line in body.splitlines())
    result = run_solution(problem, f"import os\ndef solve(n):\n{lines}\n").results[0]
    assert (result.state, result.traceback) == (CaseState.TIMEOUT, "Not finished after 0.2 s.")


@pytest.mark.usefixtures("anywhere")
def test_a_flood_of_its_standard_error_ends() -> None:
    body = (
        "written = 0\ntry:\n    while True: written += os.write(2, b'x' * 65536)\nexcept OSError: return str(written)"
    )
    assert int(first(body).got.strip("'")) <= 1_048_576


@pytest.mark.usefixtures("anywhere")
@pytest.mark.parametrize(
    ("printed", "shown"),
    [
        ("'\\ud800 and \\udfff'", "\\ud800 and \\udfff\n"),
        ("'\\x00\\x1b[2J\\u202e'", "\x00\x1b[2J\u202e\n"),
        ("float('nan'), float('inf')", "nan inf\n"),
        ("'\\U0010ffff'", "\U0010ffff\n"),
    ],
)
def test_any_text_can_be_printed(printed: str, shown: str) -> None:
    code = f"print({printed})"
    for heard in (None, lambda case, text: None):
        report = run_solution(printing_problem([("", "x")]), code, on_output=heard)
        assert (report.results[0].state, report.results[0].got) == (CaseState.WRONG, shown)
        assert run_solution(TEXTS, f"def solve(n):\n    {code}\n", on_output=heard).results[0].output == shown


def test_bytes_that_are_no_text_are_shown_as_what_they_are() -> None:
    code = "import sys\nsys.stdout.buffer.write(b'a\\xff\\xfe\\xed\\xa0\\x80b')"
    result = run_solution(printing_problem([("", "x")]), code, on_output=lambda case, text: None).results[0]
    assert result.state is CaseState.WRONG
    assert result.got.startswith("a\ufffd")
    assert result.got.encode("utf-8")


@pytest.mark.parametrize("value", ["float('nan')", "[float('nan')]", "{'x': float('inf')}", "-float('inf')"])
@pytest.mark.parametrize("kind", ["float", "int", "list[float]", "map[float]"])
def test_no_answer_is_right_that_is_no_number(value: str, kind: str) -> None:
    expected = {"float": 1.0, "int": 1, "list[float]": [1.0], "map[float]": {"x": 1.0}}[kind]
    problem = function_problem(kind, {"n": "int"}, [([1], expected)])
    assert run_solution(problem, f"def solve(n):\n    return {value}\n").results[0].state is CaseState.WRONG


ENDLESS = """
import sys
from sparring.runner import run_solution, sandbox
from tests.support.problems import function_problem
if sys.argv[1] == "limits":
    sandbox.best = sandbox.LimitsOnly
problem = function_problem("int", {"n": "int"}, [([1], 1)], time_limit_s=60)
code = "def solve(n):\\n    print('running', flush=True)\\n    while n: pass\\n"
run_solution(problem, code, on_output=lambda case, text: print(text, end="", flush=True))
"""


def descendants(pid: int) -> set[int]:
    """All processes below one, by what the kernel says of their parents."""
    parents = {}
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            parents[int(status.parent.name)] = int(status.read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue
    found = {pid}
    while more := {child for child, parent in parents.items() if parent in found} - found:
        found |= more
    return found - {pid}


@needs_filter
@pytest.mark.parametrize("kind", [pytest.param("bubblewrap", marks=needs_bubblewrap), "limits"])
def test_no_child_outlives_an_app_that_was_killed(kind: str) -> None:
    root = Path(__file__).parents[2]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([*sys.path, str(root)])}
    app = subprocess.Popen([sys.executable, "-c", ENDLESS, kind], stdout=subprocess.PIPE, env=environment, cwd=root)
    watched: list[int] = []
    try:
        assert app.stdout is not None
        assert app.stdout.readline() == b"running\n"
        watched = [os.pidfd_open(pid) for pid in descendants(app.pid)]
        assert watched
        app.send_signal(signal.SIGKILL)
        app.wait()
        for descriptor in watched:
            poll = select.poll()
            poll.register(descriptor, select.POLLIN)
            assert poll.poll(20_000), "a child outlives the app"
    finally:
        app.kill()
        app.wait()
        if app.stdout is not None:
            app.stdout.close()
        for descriptor in watched:
            os.close(descriptor)
