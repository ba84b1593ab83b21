"""Programs that read and print, in every language of the table that this machine has."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from sparring.runner import (
    LANGUAGES,
    CancelToken,
    CaseResult,
    CaseState,
    Language,
    RunnerError,
    programs,
    run_solution,
    sandbox,
)
from sparring.runner.sandbox import BUBBLEWRAP, isolation
from sparring.runner.toolchains import toolchain
from tests.support.problems import function_problem, printing_problem

ADD = printing_problem([("3 4\n", "7\n"), ("1 1\n", "2\n")], time_limit_s=3.0)
ADDS = {
    "python": "print(sum(map(int, input().split())))",
    "javascript": "const text = require('fs').readFileSync(0, 'utf8');\n"
    "console.log(text.split(' ').map(Number).reduce((a, b) => a + b));",
    "cpp": "#include <iostream>\nint main() { int a, b; std::cin >> a >> b; std::cout << a + b; }",
    "java": "import java.util.*;\npublic class Main { public static void main(String[] given) {\n"
    "Scanner in = new Scanner(System.in); System.out.println(in.nextInt() + in.nextInt()); } }",
    "go": 'package main\nimport "fmt"\nfunc main() { var a, b int; fmt.Scan(&a, &b); fmt.Println(a + b) }',
    "rust": "fn main() { let mut line = String::new(); std::io::stdin().read_line(&mut line).unwrap();\n"
    'println!("{}", line.split_whitespace().map(|word| word.parse::<i64>().unwrap()).sum::<i64>()); }',
}
BROKEN = {
    "cpp": ("int main() {\n  return x;\n}", "‘x’ was not declared", 2),
    "java": ("class Main {\n  int x = true;\n}", "incompatible types", 2),
    "go": ("package main\nfunc main() { x }", "undefined: x", 2),
    "rust": ("fn main() {\n  x;\n}", "cannot find value `x`", 2),
}


def has(name: str) -> pytest.MarkDecorator:
    return pytest.mark.skipif(not toolchain(LANGUAGES[name]).is_ready, reason=f"there is no {name} here")


def run(language: str, code: str, *cases: str) -> CaseResult:
    return run_solution(ADD, code, language=language, cases=cases or ("0",)).results[0]


@pytest.fixture
def without_bubblewrap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox, "best", sandbox.LimitsOnly)


@pytest.fixture(autouse=True)
def places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No run leaves a folder behind."""
    monkeypatch.setattr(programs.tempfile, "tempdir", str(tmp_path))
    yield
    assert list(tmp_path.glob("sparring-*")) == []


@pytest.mark.parametrize("language", [pytest.param(name, marks=has(name)) for name in ADDS])
def test_every_language_adds(language: str) -> None:
    report = run_solution(ADD, ADDS[language], language=language)
    assert report.passed == 2, report.compile_error or report.results
    assert all(result.elapsed_ms > 0 for result in report.results)
    assert 1_000 < report.memory_kb < 2_000_000


@pytest.mark.usefixtures("without_bubblewrap")
@pytest.mark.parametrize(
    "language", [pytest.param(name, marks=has(name)) for name in ("javascript", "cpp", "java", "go")]
)
def test_and_where_there_is_no_bubblewrap(language: str) -> None:
    assert run_solution(ADD, ADDS[language], language=language).passed == 2


@pytest.mark.parametrize("language", [pytest.param(name, marks=has(name)) for name in BROKEN])
def test_a_compiler_has_its_word(language: str) -> None:
    code, words, line = BROKEN[language]
    report = run_solution(ADD, code, language=language)
    assert words in report.compile_error
    assert "sparring-" not in report.compile_error
    assert "/work" not in report.compile_error
    assert [result.state for result in report.results] == [CaseState.ERROR] * 2
    assert report.results[0].error_line == line


@has("cpp")
@pytest.mark.parametrize(
    ("code", "state", "words"),
    [
        ("int main() { for (;;); }", CaseState.TIMEOUT, "1 s"),
        ("#include <cstdio>\nint main() { for (;;) puts(\"flood\"); }", CaseState.TIMEOUT, "1 s"),
        ("#include <vector>\nint main() { std::vector<long> v; for (;;) v.resize(v.size() * 2 + 99, 1); }",
         CaseState.MEMORY, "64 MB"),
        ("int main() { return 3; }", CaseState.ERROR, "exit code 3"),
        ("#include <cstdlib>\nint main() { abort(); }", CaseState.ERROR, "SIGABRT"),
        ("int main() { return *(volatile int *)8; }", CaseState.ERROR, "SIGSEGV"),
        ("#include <unistd.h>\nint main() { return fork() < 0 ? 9 : 0; }", CaseState.ERROR, "exit code 9"),
        ("#include <unistd.h>\n#include <signal.h>\nint main() { kill(getppid(), 9); for (;;); }",
         CaseState.ERROR, "ended the program"),
        ("#include <fstream>\nint main() { return std::ifstream(\"/etc/passwd\").good() ? 0 : 9; }",
         CaseState.ERROR, "exit code 9"),
        ("#include <fstream>\nint main() { return std::ofstream(\"main\").good() ? 0 : 9; }",
         CaseState.ERROR, "exit code 9"),
        ("#include <sys/socket.h>\n#include <netinet/in.h>\nint main() { sockaddr_in to{AF_INET, 0x1600, {0x0100007f}};"
         " return connect(socket(AF_INET, SOCK_STREAM, 0), (sockaddr *)&to, sizeof to) ? 9 : 0; }",
         CaseState.ERROR, "exit code 9"),
        ("#include <unistd.h>\nint main() { for (int fd = 0; fd < 64; fd++) { write(fd, \"{\\\"memory_kb\\\":1}\", 15);"
         " close(fd); } for (;;); }", CaseState.TIMEOUT, "1 s"),
    ],
)  # fmt: skip
@pytest.mark.skipif(isolation() != BUBBLEWRAP, reason="bubblewrap does not work on this machine")
def test_a_program_that_means_harm_is_contained(code: str, state: CaseState, words: str) -> None:
    problem = printing_problem([("", "never")], time_limit_s=1.0, memory_limit_mb=64)
    result = run_solution(problem, code, language="cpp").results[0]
    assert result.state is state, result
    assert words in result.traceback
    assert len(result.got) < 300_000


GO_FILLS = (
    "package main\nfunc main() { var all []byte\nfor { more := make([]byte, 1<<24)\n"
    "for at := range more { more[at] = 1 }\nall = append(all, more...) } }"
)


@has("go")
@pytest.mark.parametrize(
    ("code", "state", "words"),
    [
        (GO_FILLS, CaseState.MEMORY, "64 MB"),
        ("package main\nfunc main() {\n  var none []int\n  println(none[1])\n}", CaseState.ERROR, "index out of range"),
        ("package main\nimport (\"fmt\"; \"os/exec\")\nfunc main() { fmt.Print(exec.Command(\"/bin/sh\").Run()) }",
         CaseState.WRONG, ""),
    ],
)  # fmt: skip
def test_go_is_contained_as_well(code: str, state: CaseState, words: str) -> None:
    problem = printing_problem([("", "never")], time_limit_s=10.0, memory_limit_mb=64)
    result = run_solution(problem, code, language="go").results[0]
    assert result.state is state, result
    assert words in result.traceback
    if state is CaseState.ERROR:
        assert result.error_line == 4
    if state is CaseState.WRONG:
        assert "operation not permitted" in result.got


@has("cpp")
@pytest.mark.parametrize(
    "code", ['#include "/etc/passwd"\nint main() {}', '#include "../../../etc/passwd"\nint main() {}']
)
@pytest.mark.skipif(isolation() != BUBBLEWRAP, reason="bubblewrap does not work on this machine")
def test_a_compiler_reads_no_file_of_mine(code: str) -> None:
    assert "root:" not in run_solution(ADD, code, language="cpp").compile_error


@has("cpp")
def test_a_compiler_that_takes_too_long_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(programs, "COMPILE_SECONDS", 0.01)
    report = run_solution(ADD, ADDS["cpp"], language="cpp", cases=["0"])
    assert report.compile_error == "The compiler did not finish within 0.01 s."
    assert report.results[0].state is CaseState.ERROR


@has("javascript")
def test_an_error_shows_no_lines_of_node_itself() -> None:
    result = run("javascript", "const x = 1;\nnothing();\n")
    assert result.error_line == 2
    assert "ReferenceError" in result.traceback
    assert "node:internal" not in result.traceback


@has("javascript")
def test_cancelling_leaves_the_rest_skipped() -> None:
    token = CancelToken()
    report = run_solution(
        ADD, ADDS["javascript"], language="javascript", on_result=lambda result: token.cancel(), cancel=token
    )
    assert [result.state for result in report.results] == [CaseState.PASSED, CaseState.SKIPPED]


def test_a_language_of_ones_own_runs() -> None:
    sh = Language("sh", "Shell", "sh", "main.sh", ("{tool}", "{folder}/main.sh"), "…", version=("-c", "echo 1"))
    report = run_solution(ADD, "read a b; echo $((a + b))", language=sh)
    assert report.passed == 2


def test_what_cannot_be_run_says_why() -> None:
    with pytest.raises(RunnerError, match="'cobol' is none of the languages"):
        run("cobol", "")
    with pytest.raises(RunnerError, match=r"a function in Python or JavaScript, not in C\+\+"):
        run_solution(function_problem("int", {}, [([], 1)]), "", language="cpp")
    nothing = Language("none", "None", "no-such-tool", "main", ("{tool}",), "Get it somewhere.")
    with pytest.raises(RunnerError, match=r"None cannot be run on this machine\. Get it somewhere\."):
        run_solution(ADD, "", language=nothing)
