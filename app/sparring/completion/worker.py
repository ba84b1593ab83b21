"""The child process that reads Python: `python -P -m sparring.completion.worker CACHE`.

It answers each line of standard input with one line on standard output (see `model`), one after the other, and ends
when standard input does. It is killed without harm at any time.

**No text is ever executed.** Jedi is asked through `Script` (never `Interpreter`), which parses and infers. What it
could import by itself is bounded to the standard library's compiled modules: the environment's path names nothing
else, no module is on Jedi's list of those it imports for real, and neither `sys.path` nor relative imports in a text
make it look into other folders.
"""

import contextlib
import os
import re
import signal
import sys
import sysconfig
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import FrameType
from typing import Any, BinaryIO

import jedi
import jedi.inference.imports
import jedi.inference.sys_path
import msgspec
from jedi.api.environment import InterpreterEnvironment
from parso.cache import parser_cache

from sparring.completion.context import code_only
from sparring.completion.matching import is_attribute, prefix_at, rank
from sparring.completion.model import (
    MAX_ANSWER_BYTES,
    MAX_DETAIL,
    MAX_ITEMS,
    MAX_NAME,
    MAX_PARAMETERS,
    MAX_REQUEST_BYTES,
    MAX_TEXT,
    READY,
    Answer,
    Completion,
    Request,
    Signature,
)
from sparring.completion.words import word_completions

MEMORY_BYTES = 1 << 30
"""Of address space; a usual session takes a tenth of it."""
BUDGET_SECONDS = 1.5
"""For one request. The app kills a child that does not answer a little later."""
LONG_TEXT = 8_000
"""Code points; parsing so many takes some 40 ms."""
DETAIL_SECONDS = 0.08
"""For telling what kind of thing each name is; the names themselves do not wait for it."""
DETAILED = 24
_WARM_UP = "import collections, heapq\nheapq.heappush(collections."


class OutOfTime(BaseException):
    """The budget of a request is spent. Not an `Exception`, so that no handler inside Jedi takes it for one."""


class _Environment(InterpreterEnvironment):  # type: ignore[misc]
    """This interpreter without what is installed into it: solutions run with the standard library alone."""

    def get_sys_path(self) -> list[str]:
        return standard_library()


def standard_library() -> list[str]:
    """The folders of the standard library, its compiled modules among them."""
    folder = Path(sysconfig.get_path("stdlib"))
    shared = sysconfig.get_config_var("DESTSHARED")
    names = [
        str(folder),
        *([shared] if shared else []),
        str(folder / "lib-dynload"),
        str(Path(sys.base_prefix, "DLLs")),
    ]
    return [name for name in dict.fromkeys(names) if Path(name).is_dir()]


class Analyst:
    """Jedi, with its hands tied."""

    def __init__(self, cache: Path) -> None:
        empty = cache / "empty"
        empty.mkdir(parents=True, exist_ok=True)
        jedi.settings.cache_directory = str(cache / "parsed")
        # Jedi would import these.
        jedi.settings.auto_import_modules = []
        jedi.settings.dynamic_params_for_other_modules = False
        # Jedi follows `sys.path.append(…)` in the text; a partner's text shall not choose what is read here.
        jedi.inference.sys_path.check_sys_path_modifications = lambda module_context: []
        # Nor does `from ... import` climb from the empty folder to those above it.
        jedi.inference.imports._level_to_base_import_path = lambda project_path, directory, level: (None, None)
        self._environment = _Environment()
        self._project = jedi.Project(
            path=empty, sys_path=standard_library(), added_sys_path=(), load_unsafe_extensions=False,
            smart_sys_path=False,
        )  # fmt: skip

    def answer(self, request: Request) -> Answer:
        """What could come at that place."""
        if len(request.text) > MAX_TEXT:
            return Answer(request.id, is_known=False)
        # The differential parser has had its faults, so that a text which is read in no time goes without it.
        jedi.settings.fast_parser = len(request.text) > LONG_TEXT
        script = jedi.Script(request.text, environment=self._environment, project=self._project)
        signature = _signature(script.get_signatures(request.line, request.column))
        line = request.text.split("\n")[request.line - 1]
        prefix = prefix_at(line, request.column)
        # Asked where the word begins, Jedi names all that fits there, and what fits the word is decided as everywhere.
        found = script.complete(request.line, request.column - len(prefix))
        items = _items(found, prefix)
        if is_attribute(line, request.column):
            # What a module imports for itself is seldom what one wants of it.
            items.sort(key=lambda item: item.kind == "module")
        elif not _NAMING.search(line, 0, request.column - len(prefix)):
            items += _missed(request, prefix, items)
        return Answer(request.id, tuple(items), signature)

    def start_anew(self) -> None:
        """Forget the text's tree: the differential parser changes it in place, and may have been interrupted."""
        for trees in parser_cache.values():
            trees.pop(None, None)


def _items(found: Sequence[Any], prefix: str) -> list[Completion]:
    fitting = [
        one
        for one in found
        # Not what completes file names or the keys of a dictionary; "key=" is an argument's name.
        if len(one.name) <= MAX_NAME
        and rank(one.name, prefix) is not None
        and one.name.removesuffix("=").isidentifier()
    ]
    fitting.sort(
        key=lambda one: (rank(one.name, prefix), not one.name.endswith("="), one.name.startswith("_"), not _is_own(one))
    )
    spent = time.perf_counter() + DETAIL_SECONDS
    items = []
    for index, one in enumerate(fitting[:MAX_ITEMS]):
        is_timely = time.perf_counter() < spent
        kind = _KINDS.get(one.type, one.type) if is_timely else ""
        items.append(Completion(one.name, kind, _detail(one, kind) if is_timely and index < DETAILED else ""))
    return items


def _missed(request: Request, prefix: str, items: Sequence[Completion]) -> list[Completion]:
    """Words of the code that Jedi does not see, as below a bracket that is still open."""
    lines = request.text.split("\n")
    position = sum(len(line) + 1 for line in lines[: request.line - 1]) + request.column
    known = {item.name for item in items}
    words = word_completions(code_only(request.text), position)
    fitting = (word for word in words if word.name not in known and word.name.startswith(prefix) and prefix)
    return list(fitting)[: MAX_ITEMS - len(items)]


_NAMING = re.compile(r"^\s*(import|from|def|class|async def)\b|\bas\s*$")
"""Where one writes a module's name or a new one, which no word of the text is."""
_KINDS = {"statement": "variable", "instance": "variable", "param": "parameter"}


def _is_own(one: Any) -> bool:
    return one.module_path is None and one.module_name == "__main__"


def _detail(one: Any, kind: str) -> str:
    if kind != "function":
        return ""
    signature = _signature(one.get_signatures())
    return signature.line[:MAX_DETAIL] if signature else ""


def _signature(found: Sequence[Any]) -> Signature | None:
    if not found:
        return None
    first = found[0]
    parameters = tuple(_parameter(one)[:MAX_DETAIL] for one in first.params[:MAX_PARAMETERS])
    index = getattr(first, "index", None)
    return Signature(first.name, parameters, index if index is not None and index < len(parameters) else None)


def _parameter(one: Any) -> str:
    """As one writes it, without the annotation."""
    kind = one.kind
    name: str = one.name
    if kind is kind.VAR_POSITIONAL:
        return f"*{name}"
    if kind is kind.VAR_KEYWORD:
        return f"**{name}"
    if kind is kind.POSITIONAL_ONLY:
        # The stubs' way to say so.
        name = name.removeprefix("__")
    _, has_default, default = one.to_string().partition("=")
    return f"{name}={'…' if default.strip() == '...' else default.strip()}" if has_default else name


@contextlib.contextmanager
def _budget(seconds: float) -> Iterator[None]:
    """Raise `OutOfTime` in here after so many seconds, where the platform can."""
    if not hasattr(signal, "setitimer"):
        yield
        return

    def ring(number: int, frame: FrameType | None) -> None:
        raise OutOfTime

    signal.signal(signal.SIGALRM, ring)
    # Again and again, should a finaliser have swallowed the first.
    signal.setitimer(signal.ITIMER_REAL, seconds, 0.1)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def _limit_memory() -> None:
    try:
        import resource
    except ImportError:
        return
    with contextlib.suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    with contextlib.suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _answer(analyst: Analyst, request: Request) -> Answer:
    try:
        with _budget(BUDGET_SECONDS):
            return analyst.answer(request)
    except OutOfTime:
        analyst.start_anew()
        return Answer(request.id, is_known=False)
    except MemoryError:
        raise
    except Exception as error:
        # An unfinished text leads Jedi astray now and then; the next request begins anew.
        analyst.start_anew()
        print(f"{type(error).__name__} in the analysis", file=sys.stderr, flush=True)  # noqa: T201
        return Answer(request.id, is_known=False)


def _encoded(answer: Answer) -> bytes:
    line = msgspec.json.encode(answer) + b"\n"
    while len(line) > MAX_ANSWER_BYTES:
        answer = msgspec.structs.replace(answer, items=answer.items[: len(answer.items) // 2], signature=None)
        line = msgspec.json.encode(answer) + b"\n"
    return line


def serve(requests: BinaryIO, answers: BinaryIO, analyst: Analyst) -> None:
    """Answer line after line until there are no more, or one is not a request."""
    decoder = msgspec.json.Decoder(Request)
    while line := requests.readline(MAX_REQUEST_BYTES):
        answers.write(_encoded(_answer(analyst, decoder.decode(line))))
        answers.flush()


def main() -> None:
    _limit_memory()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if hasattr(os, "nice"):
        os.nice(5)
    # What some imported module prints must not get between the answers.
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    analyst = Analyst(Path(sys.argv[1]))
    line, column = _WARM_UP.count("\n") + 1, len(_WARM_UP.rpartition("\n")[2])
    with contextlib.suppress(Exception):
        analyst.answer(Request(0, _WARM_UP, line, column))
    answers.write(_encoded(READY))
    answers.flush()
    serve(sys.stdin.buffer, answers, analyst)


if __name__ == "__main__":
    main()
