"""Languages of one's own: a row that is right runs, one that is wrong is left out with the field and the reason."""

import shutil
from pathlib import Path

import pytest

from sparring.runner import LANGUAGES, OwnLanguages, RunnerError, found, own_languages, run_solution
from tests.support.problems import function_problem, printing_problem

ADD = printing_problem([("3 4\n", "7\n"), ("1 1\n", "2\n")])
SHELL = """
[[language]]
name = "sh"
title = "Shell"
tool = "sh"
source = "main.sh"
run = ["{tool}", "{folder}/main.sh"]
version = ["-c", "echo 1.2"]
"""
C = """
[[language]]
name = "c"
title = "C"
tool = "gcc"
source = "main.c"
compile = ["{tool}", "-O2", "-o", "{folder}/main", "{folder}/main.c"]
run = ["{folder}/main"]
environment = { WORD = "said" }
out_of_memory = ["bad_alloc"]
"""


def read(folder: Path, text: str) -> OwnLanguages:
    (folder / "languages.toml").write_text(text)
    return own_languages(folder)


def test_without_a_file_there_are_none(tmp_path: Path) -> None:
    assert own_languages(tmp_path) == OwnLanguages()
    assert read(tmp_path, "").languages == ()


def test_a_row_runs(tmp_path: Path) -> None:
    own = read(tmp_path, SHELL)
    assert own.faults == ()
    (shell,) = own.languages
    report = run_solution(ADD, "read a b; echo $((a + b))", language=shell)
    assert report.passed == 2
    with pytest.raises(RunnerError, match="not in Shell"):
        run_solution(function_problem("int", {}, [([], 1)]), "", language=shell)


@pytest.mark.skipif(shutil.which("gcc") is None, reason="there is no gcc here")
def test_a_row_that_compiles_runs(tmp_path: Path) -> None:
    (language,) = read(tmp_path, C).languages
    code = (
        "#include <stdio.h>\n#include <stdlib.h>\n#include <string.h>\n"
        'int main() { int a, b; scanf("%d %d", &a, &b); printf("%d", strcmp(getenv("WORD"), "said") ? 0 : a + b); }'
    )
    assert run_solution(ADD, code, language=language).passed == 2
    assert "error" in run_solution(ADD, "int main() { return x; }", language=language).compile_error


def test_they_are_listed_behind_the_table(tmp_path: Path) -> None:
    own = read(tmp_path, SHELL + SHELL.replace('"sh"', '"no-such-tool"'))
    listed = found(own.languages)
    assert [one.name for one in listed] == [*LANGUAGES, "sh", "no-such-tool"]
    assert (listed[-2].version, listed[-2].is_ready) == ("1.2", True)
    assert (listed[-1].is_ready, listed[-1].how_to_get) == (
        False,
        "Install Shell, so that no-such-tool is on the PATH.",
    )


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('name = "sh"', "", "'language 1: name' is missing"),
        ('name = "sh"', 'name = "python"', "there is a language of that name already"),
        ('name = "sh"', 'name = "S H"', "must be a short name"),
        ('title = "Shell"', "title = 7", "'language 1: title' must be a text"),
        ('title = "Shell"', 'title = """a\nb"""', "one line"),
        ('tool = "sh"', 'tool = "../sh"', "without a folder"),
        ('tool = "sh"', 'tool = ".."', "without a folder"),
        ('source = "main.sh"', 'source = "/etc/passwd"', "without a folder"),
        ('source = "main.sh"', 'source = ".."', "without a folder"),
        ('run = ["{tool}", "{folder}/main.sh"]', "", "'language 1: run' is missing"),
        ('"{folder}/main.sh"', '"{nothing}"', "between braces there can be {tool}, {bin}, {folder}, {memory_mb}"),
        ('"{folder}/main.sh"', '"{folder.real}"', "between braces"),
        ('"{folder}/main.sh"', '"{folder!r}"', "between braces"),
        ('"{folder}/main.sh"', '"{0}"', "between braces"),
        ('"{folder}/main.sh"', '"{"', "written twice"),
        ('run = ["{tool}",', 'run = ["sh",', "must begin with {tool}"),
        ('run = ["{tool}",', "run = [7,", "a list of at most 50 texts"),
        ("version", "versoin", "is not a known field; is 'version' meant?"),
        ("version = [", 'least = "five"\nversion = [', 'a version like "5.4"'),
        ("version = [", 'memory = "RSS"\nversion = [', 'must be "AS" or "DATA"'),
        ("version = [", 'visible = ["/"]\nversion = [', "at least two steps"),
        ("version = [", 'visible = ["/*/x"]\nversion = [', "at least two steps"),
        ("version = [", 'visible = ["/opt/../home"]\nversion = [', "at least two steps"),
        ("version = [", "extra_seconds = 99\nversion = [", "between 0 and 30"),
        ("version = [", 'environment = { "A=B" = "c" }\nversion = [', "no variable with a text"),
    ],
)
def test_a_wrong_row_is_left_out_and_named(tmp_path: Path, old: str, new: str, words: str) -> None:
    assert old in SHELL
    own = read(tmp_path, SHELL.replace(old, new) + C)
    assert [one.name for one in own.languages] == ["c"]
    (fault,) = own.faults
    assert "languages.toml: " in fault
    assert words in fault


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[[language]", "line 1"),
        ("language = 7", "'language' must be a list"),
        ("language = [7]", "must be [[language]] tables"),
        ("langauge = []\nlanguage = []", "is not a known field"),
        ("", "'language' is missing"),
        ("language = [" + "{}," * 51 + "]", "more than 50"),
        ("a" * 2_000_000, "larger than"),
    ],
)
def test_a_file_that_is_wrong_is_named(tmp_path: Path, text: str, words: str) -> None:
    own = read(tmp_path, text)
    assert own.languages == ()
    assert words in own.faults[0]


def test_a_name_stands_once(tmp_path: Path) -> None:
    own = read(tmp_path, SHELL + SHELL)
    assert len(own.languages) == 1
    assert "'language 2: name'" in own.faults[0]


def test_what_is_no_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "languages.toml").symlink_to("nowhere")
    assert "links are not followed" in own_languages(tmp_path).faults[0]
    (tmp_path / "languages.toml").unlink()
    (tmp_path / "languages.toml").mkdir()
    assert "not a regular file" in own_languages(tmp_path).faults[0]
    (tmp_path / "languages.toml").rmdir()
    (tmp_path / "languages.toml").write_bytes(b"\xff")
    assert "not UTF-8" in own_languages(tmp_path).faults[0]
