"""What the bank demands of a problem, and that no problem is in it twice."""

from dataclasses import replace
from pathlib import Path

from sparring.assets import resources_dir
from sparring.problems import Bank, load_problem
from sparring.problems.alike import alike
from sparring.problems.demands import unmet
from tests.support.problems import write_folder

BANK = list(Bank({"starter": resources_dir() / "problems"}).problems.values())


def test_the_bank_meets_every_demand() -> None:
    assert [unmet(problem) for problem in BANK] == [[]] * len(BANK)
    assert alike(BANK) == []


def test_what_is_missing_is_said_file_by_file(tmp_path: Path) -> None:
    bare = load_problem(
        write_folder(
            tmp_path,
            tests=[{"name": "a", "hidden": False, "arguments": [1], "expected": 2}],
            files={"hints.md": "Look.", "editorial.md": "Add one."},
        )
    )
    words = unmet(bare)
    named = ("tests.json", "hints.md", "editorial.md", "accepted.js", "no wrong_", "no slow_", "generator.py")
    assert len(words) == len(named)
    assert all(name in one for name, one in zip(named, words, strict=True))
    assert not any("slow" in one for one in unmet(replace(bare, complexity_matters=False)))


def test_the_same_title_is_found_however_it_is_written() -> None:
    other = replace(BANK[1], id="other", title=f"{BANK[0].title.upper()}!", statement="Something else altogether, new.")
    assert [(first.id, second.id) for first, second, _ in alike([*BANK, other])] == [(BANK[0].id, "other")]


def test_a_statement_in_nearly_the_same_words_is_found() -> None:
    text = BANK[0].statement
    middle = len(text) // 2
    other = replace(BANK[0], id="other", title="Not that", statement=f"{text[:middle]} quite {text[middle:]}")
    (pair,) = alike([*BANK, other])
    assert (pair[0].id, pair[1].id) == (BANK[0].id, "other")
    assert "statements" in pair[2]


def test_a_turn_of_phrase_is_no_likeness() -> None:
    phrase = "Return the number of ways, modulo 1000000007."
    made = [
        replace(BANK[0], id=str(number), title=str(number), statement=f"{phrase} " + f"word{number} " * 20)
        for number in range(200)
    ]
    assert alike(made) == []
