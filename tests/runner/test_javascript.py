"""JavaScript by signature: one Node for all cases, the same sandbox, and the same words as for Python."""

import os
from pathlib import Path

import pytest

from sparring.problems import load_problem
from sparring.runner import LANGUAGES, CaseResult, CaseState, RunnerError, run_solution, sandbox, toolchains
from sparring.runner.sandbox import BUBBLEWRAP, isolation
from sparring.runner.toolchains import toolchain
from tests.support.problems import function_problem, write_folder
from tests.support.sandboxes import AsOnWindows

pytestmark = pytest.mark.skipif(not toolchain(LANGUAGES["javascript"]).is_ready, reason="there is no Node.js here")
NEXT = function_problem("int", {"n": "int"}, [([1], 2), ([5], 6), ([0], 1)])


def first(code: str, *cases: str) -> CaseResult:
    return run_solution(NEXT, code, language="javascript", cases=cases or ("0",)).results[0]


def test_all_cases_run_in_one_node() -> None:
    code = "let calls = 0;\nfunction solve(n) { console.log(++calls); return n + 1; }"
    report = run_solution(NEXT, code, language="javascript")
    assert [result.output for result in report.results] == ["1\n", "2\n", "3\n"]
    assert report.passed == 3
    assert report.memory_kb > 1_000


@pytest.mark.parametrize(
    "code",
    [
        "const solve = (n) => n + 1;",
        "var solve = function (n) { return n + 1; }",
        "async function solve(n) { return n + 1; }",
        "const fs = require('fs');\nconst make = 2;\nfunction main() {}\nfunction solve(n) { return n + 1; }",
        "class ListNode {}\nclass TreeNode {}\nfunction solve(n) { return n + 1; }",
        "function solve(n) { JSON.stringify = performance.now = process.exit = null; return n + 1; }",
        "function solve(n) { setInterval(() => {}, 1); Promise.reject(new Error('late')); return n + 1; }",
        "function solve(n) { require('fs').writeSync = null; console.log = null; return n + 1; }",
    ],
)
def test_a_solution_may_be_written_in_many_ways(code: str) -> None:
    result = first(code)
    assert result.state is CaseState.PASSED, result


@pytest.mark.parametrize(
    ("code", "state", "words", "line"),
    [
        ("function solve(n) {\n  return nothing;\n}", CaseState.ERROR, "ReferenceError: nothing", 2),
        ("function solve(n) {\n  let x = ;\n}", CaseState.ERROR, "SyntaxError", 2),
        ("let x = 1;", CaseState.ERROR, "there is no function solve()", None),
        ("const solve = 3;", CaseState.ERROR, "there is no function solve()", None),
        ("function solve(n) { throw 3; }", CaseState.ERROR, "thrown: 3", None),
        ("function solve(n) { throw { get stack() { throw 1; } }; }", CaseState.ERROR, "", None),
        ("function solve(n) { return solve(n); }", CaseState.ERROR, "Maximum call stack", 1),
        ("function solve(n) { process.exit(0); }", CaseState.ERROR, "exit code 0", None),
        ("function solve(n) { process.abort(); }", CaseState.ERROR, "SIGABRT", None),
        ("function solve(n) { return new Promise(() => {}); }", CaseState.ERROR, "ended the program", None),
        ("function solve(n) { for (;;); }", CaseState.TIMEOUT, "2 s", None),
        ("function solve(n) { const a = []; a.push(a); return a; }", CaseState.ERROR, "no value", None),
        ("function solve(n) { return () => 1; }", CaseState.ERROR, "no value", None),
        ("function solve(n) { return new Set([1]); }", CaseState.ERROR, "no value", None),
        ("function solve(n) { return 'x'.repeat(5e6); }", CaseState.ERROR, "too large to be compared", None),
        ("function solve(n) { return NaN; }", CaseState.WRONG, "a float was found", None),
        ("function solve(n) { return -Infinity; }", CaseState.WRONG, "a float was found", None),
        ("function solve(n) {}", CaseState.WRONG, "null was found", None),
        ("function solve(n) { return { toJSON() { return 2; } }; }", CaseState.ERROR, "no value", None),
        ("function solve(n) { require('child_process').execSync('ls'); }", CaseState.ERROR, "EPERM", 1),
        ("function solve(n) { new (require('worker_threads').Worker)('for(;;);', {eval: true}); for (;;); }",
         CaseState.TIMEOUT, "2 s", None),
    ],
)  # fmt: skip
def test_every_end_has_words(code: str, state: CaseState, words: str, line: int | None) -> None:
    result = first(code)
    assert result.state is state, result
    assert words in result.traceback
    assert result.error_line == line
    assert len(result.traceback) < 9_000


@pytest.mark.parametrize("body", ["a.push(new Array(1000).fill(1))", "a.push(Buffer.alloc(10_000_000, 1))"])
def test_memory_has_its_limit(body: str) -> None:
    problem = function_problem("int", {"n": "int"}, [([1], 2)], time_limit_s=20, memory_limit_mb=64)
    code = f"function solve(n) {{ const a = []; for (;;) {body}; }}"
    result = run_solution(problem, code, language="javascript").results[0]
    assert result.state in (CaseState.MEMORY, CaseState.ERROR)
    assert "memory" in result.traceback or "allocation failed" in result.traceback


@pytest.mark.parametrize(
    "body",
    [
        "for (let fd = 3; fd < 64; fd++) try { require('fs').closeSync(fd) } catch {}",
        "Array.prototype.map = Map = Number = BigInt = undefined",
        "Object.prototype.val = Object.prototype.next = 1",
        "process.stdout.write = 3; process.nextTick = null",
    ],
)
def test_a_solution_that_spoils_its_node_harms_itself_at_most(body: str) -> None:
    code = f"function solve(n) {{ {body}; return n + 1; }}"
    report = run_solution(NEXT, code, language="javascript")
    assert len(report.results) == 3
    assert {result.state for result in report.results} <= {CaseState.PASSED, CaseState.ERROR}


@pytest.mark.skipif(os.name != "posix", reason="Windows has one way only")
@pytest.mark.parametrize("other", [sandbox.LimitsOnly, AsOnWindows])
def test_it_runs_where_there_is_no_bubblewrap(other: type[sandbox.LimitsOnly], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox, "best", other)
    code = "function solve(n) { if (n === 1) require('child_process').execSync('ls'); return n + 1; }"
    report = run_solution(NEXT, code, language="javascript")
    assert [result.state for result in report.results] == [CaseState.ERROR, CaseState.PASSED, CaseState.PASSED]
    assert "EPERM" in report.results[0].traceback


def test_an_end_in_one_case_leaves_the_others() -> None:
    code = "function solve(n) { if (n === 1) process.exit(1); if (n === 5) for (;;); return n + 1; }"
    report = run_solution(NEXT, code, language="javascript")
    assert [result.state for result in report.results] == [CaseState.ERROR, CaseState.TIMEOUT, CaseState.PASSED]


def test_a_flood_of_output_is_cut() -> None:
    result = first("function solve(n) { console.log('x'.repeat(1e7)); return n + 1; }")
    assert result.state is CaseState.PASSED
    assert len(result.output) < 66_000
    assert result.output.endswith("(cut off)")


@pytest.mark.parametrize("forged", ['{"index":0,"value":2}', '{"index":1,"value":6}', '{"start":1}', "[]", "x" * 100])
def test_what_is_written_to_every_descriptor_passes_nothing(forged: str) -> None:
    code = (
        f"const words = {forged!r} + '\\n';\n"
        "function solve(n) { for (let fd = 3; fd < 64; fd++) try { require('fs').writeSync(fd, words) } catch {} "
        "return 99; }"
    )
    report = run_solution(NEXT, code, language="javascript", cases=["0", "1"])
    assert report.passed == 0


@pytest.mark.skipif(isolation() != BUBBLEWRAP, reason="bubblewrap does not work on this machine")
@pytest.mark.parametrize(
    "body",
    [
        "require('fs').readFileSync(HOME + '/canary', 'utf8')",
        "require('fs').writeFileSync('/usr/written', 'x')",
        "require('fs').readFileSync('/etc/passwd')",
        "process.kill(process.ppid, 9), require('fs').readFileSync('/etc/passwd')",
    ],
)
def test_nothing_outside_can_be_reached(body: str, tmp_path: Path) -> None:
    (tmp_path / "canary").write_text("secret")
    code = f"function solve(n) {{ return ({body.replace('HOME', repr(str(tmp_path)))}, 2); }}"
    result = first(code)
    assert result.state is CaseState.ERROR
    assert "secret" not in result.traceback + result.got


def test_the_starter_of_a_problem_runs(tmp_path: Path) -> None:
    problem = load_problem(write_folder(tmp_path))
    report = run_solution(problem, problem.starters["javascript"], language="javascript", cases=["from 0"])
    assert report.results[0].state is CaseState.WRONG


def test_a_machine_without_node_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(os.environ, "PATH", "/nowhere")
    toolchains.toolchain.cache_clear()
    try:
        with pytest.raises(RunnerError, match=r"JavaScript cannot be run on this machine\. Install Node"):
            first("const solve = (n) => n;")
    finally:
        monkeypatch.undo()
        toolchains.toolchain.cache_clear()
