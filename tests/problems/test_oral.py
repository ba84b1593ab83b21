"""Prompts that are answered aloud: what their folders must have, what they must not, and those that Sparring brings."""

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from sparring.assets import problem_shelves
from sparring.cli.proving import prove
from sparring.problems import TRACKS, Bank, Criterion, Mode, ProblemError, load_problem
from sparring.problems.alike import alike
from sparring.problems.demands import unmet
from sparring.problems.importing import import_from
from sparring.runner import RunnerError, run_solution
from tests.support.problems import write_prompt

SHELVES = problem_shelves()


def test_a_prompt_is_read_and_has_nothing_to_run(tmp_path: Path) -> None:
    prompt = load_problem(write_prompt(tmp_path))
    assert prompt.is_oral
    assert (prompt.cases, prompt.solutions, prompt.signature, prompt.checker) == ((), (), None, None)
    assert not prompt.complexity_matters
    assert prompt.hints == ("What is it for?", "Who pays?", "What breaks?")
    assert prompt.rubric[0] == Criterion("Numbers", "Estimates before drawing.")
    assert Bank({"mine": tmp_path}).summaries["a-bell"].mode is Mode.ORAL
    with pytest.raises(RunnerError, match="nothing to run"):
        run_solution(prompt, "print(1)")


def test_notes_begin_with_an_outline_of_the_track(tmp_path: Path) -> None:
    prompt = load_problem(write_prompt(tmp_path))
    assert prompt.language == "markdown"
    assert prompt.starter.startswith("## Questions and numbers\n")
    other = load_problem(write_prompt(tmp_path, name="b-bell", topics="law"))
    assert other.starter.startswith("## ")
    outlines = {load_problem(write_prompt(tmp_path, name=f"bell-{n}", topics=one)).starter
                for n, one in enumerate(TRACKS)}  # fmt: skip
    assert len(outlines) == len(TRACKS)
    assert all("```" not in one and one.count("## ") == 4 for one in outlines)


@pytest.mark.parametrize(
    "head",
    [
        'signature = {name = "f", parameters = [], returns = "int"}',
        "comparison = {unordered = true}",
        "time_limit_s = 1.0",
        "memory_limit_mb = 64",
        "complexity_matters = false",
    ],
)
def test_what_is_for_code_only_is_refused_as_a_field(tmp_path: Path, head: str) -> None:
    field = head.split()[0]
    with pytest.raises(ProblemError, match=rf"a-bell/problem\.toml: '{field}' has no meaning for an oral prompt"):
        load_problem(write_prompt(tmp_path, head=head))


@pytest.mark.parametrize(
    "file", ["tests.json", "starter.py", "starter.js", "checker.py", "generator.py", "solutions/accepted.py"]
)
def test_what_is_for_code_only_is_refused_as_a_file(tmp_path: Path, file: str) -> None:
    named = file.split("/")[0]
    with pytest.raises(ProblemError, match=rf"a-bell/{named}: has no place in an oral prompt"):
        load_problem(write_prompt(tmp_path, files={file: "[]"}))


@pytest.mark.parametrize("file", ["statement.md", "hints.md", "editorial.md", "follow-ups.md", "rubric.toml"])
def test_what_an_interviewer_needs_must_be_there(tmp_path: Path, file: str) -> None:
    folder = write_prompt(tmp_path)
    (folder / file).unlink()
    with pytest.raises(ProblemError, match=rf"a-bell/{file}: the file is missing"):
        load_problem(folder)


def test_a_mode_that_is_misspelt_says_which_there_are(tmp_path: Path) -> None:
    folder = write_prompt(tmp_path)
    toml = folder / "problem.toml"
    toml.write_text(toml.read_text().replace('"oral"', '"orally"'))
    with pytest.raises(ProblemError, match="'mode' must be one of function, stdin, oral"):
        load_problem(folder)


def test_what_the_bank_demands_of_a_prompt(tmp_path: Path) -> None:
    whole = load_problem(write_prompt(tmp_path))
    assert unmet(whole) == []
    bare = replace(
        whole, topics=("law",), statement="Why?", editorial="word " * 500, hints=("a", "b"),
        follow_ups="- One\n- Two\n", rubric=whole.rubric[:1],
    )  # fmt: skip
    named = ("problem.toml", "statement.md: has 1 words", "editorial.md: has 500 words", "hints.md: has 2 steps",
             "follow-ups.md: has 2 items", "rubric.toml: has 1 criteria")  # fmt: skip
    words = unmet(bare)
    assert len(words) == len(named)
    assert all(one.startswith(f"a-bell/{name}") for one, name in zip(words, named, strict=True))


def test_there_are_prompts_for_every_track() -> None:
    bank = Bank({"prompts": SHELVES["prompts"]})
    prompts = list(bank.problems.values())
    assert bank.errors == ()
    assert [unmet(prompt) for prompt in prompts] == [[]] * len(prompts)
    assert all(prompt.is_oral for prompt in prompts)
    tracks = Counter(prompt.topics[0] for prompt in prompts)
    assert set(tracks) == set(TRACKS)
    assert min(tracks.values()) >= 16
    assert all({prompt.difficulty for prompt in prompts if prompt.topics[0] == track} >= {"easy", "medium", "hard"}
               for track in TRACKS)  # fmt: skip


def test_no_prompt_is_there_twice_under_any_name() -> None:
    assert alike(Bank(SHELVES).problems.values()) == []


def test_a_prompt_comes_in_as_it_is(tmp_path: Path) -> None:
    shelf = tmp_path / "shelf"
    report = import_from(write_prompt(tmp_path / "theirs"), shelf, tmp_path / "records", prove=prove)
    assert [(one.id, one.notes) for one in report.came_in] == [("a-bell", ())]
    assert report.left_out == ()
    assert load_problem(shelf / "a-bell").is_oral
