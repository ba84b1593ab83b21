"""What Competitive Companion sends, as a draft."""

import contextlib
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sparring.problems import load_problem
from sparring.problems.importing import write_problem
from sparring.problems.importing.companion import MAX_TESTS, CompanionPost, PostError, read_post

TASK: dict[str, Any] = {
    "name": "A. Sharing_a *Melon*",
    "group": "Local - Round 1 (Div. 2)",
    "url": "https://example.org/contest/4/A",
    "interactive": False,
    "memoryLimit": 64,
    "timeLimit": 1500,
    "tests": [{"input": "8\n", "output": "YES\n"}, {"input": "7\n", "output": "NO\n"}],
    "testType": "single",
    "input": {"type": "stdin"},
    "output": {"type": "stdout"},
    "languages": {"java": {"mainClass": "Main", "taskClass": "AMelon"}},
    "batch": {"id": "123e67c8", "size": 5},
}


def read(**changes: Any) -> CompanionPost:
    return read_post(json.dumps(TASK | changes).encode())


def test_a_post_becomes_a_problem_of_our_bank(tmp_path: Path) -> None:
    post = read()
    assert (post.group, post.batch, post.batch_size, post.notes) == ("Local - Round 1 (Div. 2)", "123e67c8", 5, ())
    problem = load_problem(write_problem(post.draft, tmp_path))
    assert (problem.title, problem.signature, problem.source) == (TASK["name"], None, TASK["url"])
    assert (problem.time_limit_s, problem.memory_limit_mb) == (1.5, 64)
    assert [(case.stdin, case.stdout, case.hidden) for case in problem.cases] == [
        ("8\n", "YES\n", False),
        ("7\n", "NO\n", False),
    ]
    assert "<https://example.org/contest/4/A>" in problem.statement
    assert r"Sharing\_a \*Melon\*" in problem.statement


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"interactive": True}, "is interactive"),
        ({"tests": []}, "without a sample test"),
        ({"tests": [{"input": " ", "output": "\n"}]}, "without a sample test"),
        ({"name": "  \u200b"}, "no name"),
        ({"name": None}, "no problem that Sparring can read"),
        ({"tests": [{"input": "1"}]}, "no problem that Sparring can read"),
        ({"batch": {"id": "x", "size": 0}}, "no problem that Sparring can read"),
        ({"timeLimit": "fast"}, "no problem that Sparring can read"),
    ],
)
def test_what_cannot_be_kept_is_said(changes: dict[str, Any], words: str) -> None:
    with pytest.raises(PostError, match=words):
        read(**changes)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"input": {"type": "file", "fileName": "melon.in"}}, "reads from a file melon.in"),
        ({"output": {"type": "file", "fileName": "melon.out"}}, "writes to a file melon.out"),
        ({"input": {"type": "regex", "pattern": ".*"}}, "reads from a file"),
        ({"testType": "multiNumber"}, "number of tests"),
        ({"timeLimit": 90_000}, "90000 ms"),
        ({"tests": [{"input": "1", "output": "2"}] * (MAX_TESTS + 1)}, "the first 100"),
    ],
)
def test_what_is_otherwise_here_is_noted(changes: dict[str, Any], words: str) -> None:
    post = read(**changes)
    assert any(words in note for note in post.notes)
    assert post.draft.notes == post.notes


def test_data_stay_as_they_are() -> None:
    case = read(tests=[{"input": "&lt;a&gt;\u00a0\r\nb\u200b", "output": "\t x \n\n"}]).draft.cases[0]
    assert (case.stdin, case.stdout) == ("&lt;a&gt;\u00a0\nb\u200b", "\t x \n\n")


def test_limits_and_links_are_kept_within_ours() -> None:
    draft = read(timeLimit=0, memoryLimit=10**9, url="javascript:alert(1)").draft
    assert (draft.time_limit_s, draft.memory_limit_mb, draft.source) == (0.1, 4096, "")
    assert "did not come along" in draft.statement


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda one: st.lists(one) | st.dictionaries(st.text(), one),
    max_leaves=8,
)


@settings(max_examples=40)
@given(st.dictionaries(st.sampled_from(sorted(TASK)), JSON, max_size=4))
def test_any_json_is_a_problem_or_an_error_in_words(changes: dict[str, Any]) -> None:
    with contextlib.suppress(PostError):
        assert read(**changes).draft.cases
