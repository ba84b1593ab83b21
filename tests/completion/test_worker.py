"""The child process, spoken to over its pipes."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from sparring.completion.model import MAX_ITEMS, MAX_TEXT, READY, Answer, Request


class Child:
    """A real worker, asked one thing after the other."""

    def __init__(self, cache: Path, *program: str) -> None:
        self.cache = cache
        program = program or ("-m", "sparring.completion.worker")
        self.process = subprocess.Popen(
            [sys.executable, "-P", *program, str(cache)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        self._last = 0
        assert self.hear() == READY

    def hear(self) -> Answer:
        assert self.process.stdout is not None
        return msgspec.json.decode(self.process.stdout.readline(), type=Answer)

    def ask(self, marked: str) -> Answer:
        """What could come at the "|" of this text?"""
        self._last += 1
        position = marked.index("|")
        before = marked[:position].split("\n")
        request = Request(self._last, marked[:position] + marked[position + 1 :], len(before), len(before[-1]))
        assert self.process.stdin is not None
        self.process.stdin.write(msgspec.json.encode(request) + b"\n")
        self.process.stdin.flush()
        answer = self.hear()
        assert answer.id == request.id
        return answer

    def names(self, marked: str) -> list[str]:
        return [item.name for item in self.ask(marked).items]

    def close(self) -> int:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.close()
        code = self.process.wait(timeout=10)
        self.process.stdout.close()
        return code


@pytest.fixture(scope="module")
def child(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Child]:
    started = Child(tmp_path_factory.mktemp("cache"))
    yield started
    assert started.close() == 0


def test_a_module_of_the_standard_library(child: Child) -> None:
    answer = child.ask("import heapq\nheapq.heapp|")
    assert [item.name for item in answer.items[:3]] == ["heappop", "heappush", "heappushpop"]
    push = answer.items[1]
    assert (push.kind, push.detail) == ("function", "heappush(heap, item)")


def test_attributes_of_ones_own_class(child: Child) -> None:
    text = "class Node:\n    def __init__(self):\n        self.left = None\n        self.value = 1\n    def go(self):\n"
    assert child.names(text + "        self.|")[:3] == ["go", "left", "value"]


def test_a_text_that_is_not_finished(child: Child) -> None:
    assert "heappush" in child.names("import heapq\ndef f(:\n    if (\n    heapq.heap|\nclass\n")
    assert "values" in child.names("values = [\nfor x in val|")
    assert "values" not in child.names("# values\nfor x in val|")


def test_columns_count_code_points(child: Child) -> None:
    assert child.names("größe_der_welt = '🧮👩‍🚀'; print('🧮', grö|)")[0] == "größe_der_welt"
    assert "append" in child.names("x = ['🧮']; '🧮🧮'; x.app|")


def test_the_call_one_is_writing(child: Child) -> None:
    signature = child.ask("import heapq\nheapq.heappush([], |").signature
    assert signature is not None
    assert (signature.line, signature.active) == ("heappush(heap, item)", 1)
    own = child.ask("def visit(node, /, depth=0, *rest, **options): ...\nvisit(|").signature
    assert own is not None
    assert own.parameters == ("node", "depth=0", "*rest", "**options")


def test_names_of_arguments(child: Child) -> None:
    assert child.names("print(1, se|")[0] == "sep="


def test_what_a_module_imports_for_itself_comes_last(child: Child) -> None:
    found = child.ask("import heapq\nheapq.|").items
    assert found[0].kind != "module"


def test_nothing_of_the_text_is_run_and_nothing_else_is_read(child: Child, tmp_path: Path) -> None:
    trace = tmp_path / "trace"
    (tmp_path / "planted.py").write_text(f"open({str(trace)!r}, 'w')\nsecret_name = 1\n")
    text = (
        f"open({str(trace)!r}, 'w').write('x')\nimport sys\nsys.path.insert(0, {str(tmp_path)!r})\n"
        f"sys.path += [{str(tmp_path)!r}]\nimport planted, gi\nplanted.|"
    )
    assert child.names(text) == []
    (child.cache / "planted.py").write_text("secret_name = 1\n")
    assert child.names("from .. import planted\nplanted.|") == []
    assert child.names("from ..planted import |") == []
    assert not trace.exists()


def test_what_is_installed_beside_the_app_is_not_there(child: Child) -> None:
    """Solutions run with the standard library alone."""
    assert child.names("import pytest\npytest.|") == []
    assert child.names("import pyte|") == []


def test_limits(child: Child) -> None:
    many = "\n".join(f"value_{n} = {n}" for n in range(400))
    assert len(child.names(many + "\nvalue|")) == MAX_ITEMS
    assert not child.ask("x = 1\n" * (MAX_TEXT // 6 + 1) + "|").is_known


def test_a_place_that_is_not_in_the_text(child: Child) -> None:
    assert child.process.stdin is not None
    child.process.stdin.write(msgspec.json.encode(Request(999, "x", 7, 7)) + b"\n")
    child.process.stdin.flush()
    assert child.hear() == Answer(999, is_known=False)


def test_a_line_that_is_no_request_ends_it(tmp_path: Path) -> None:
    child = Child(tmp_path)
    assert child.process.stdin is not None
    child.process.stdin.write(b"{}\n")
    child.process.stdin.flush()
    assert child.close() != 0


def test_a_request_that_takes_too_long_is_given_up_and_the_next_one_is_answered(tmp_path: Path) -> None:
    program = (
        "from sparring.completion import worker\n"
        "budgets = iter([1e-3, 60])\n"
        "budget = worker._budget\n"
        "worker._budget = lambda seconds: budget(next(budgets))\n"
        "worker.main()"
    )
    child = Child(tmp_path, "-c", program)
    long = "value = [1, 2, 3]\n" * 2_000
    assert not child.ask(long + "value.|").is_known
    assert "append" in child.names(long + "value.|")
    assert child.close() == 0
