"""Nobody's code runs by surprise: what was asked in this round, and what is still to be asked."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from sparring.live.text import Origin, SharedText, TextChange
from sparring.problems import Problem, SolutionKind
from sparring.ui.screens.question import ask_before_running
from sparring.ui.shell import MainWindow


@dataclass(frozen=True)
class Question:
    """Code of somebody else. `key` is what is asked only once in a round."""

    key: str
    title: str
    code: str
    words: str
    language: str = "python"


class Consent:
    """Asks before somebody else's code runs, and remembers a yes for the round."""

    def __init__(self, window: MainWindow, guarantee: Callable[[], str]) -> None:
        """`guarantee` says what the sandbox of this machine keeps and what it leaves."""
        self._window, self._guarantee = window, guarantee
        self._granted: set[str] = set()

    def forget(self) -> None:
        """A new round: everything is asked again."""
        self._granted.clear()

    def ask(self, questions: Iterable[Question], then: Callable[[], None]) -> None:
        """Ask what was not granted yet, one after the other; after the last yes do it."""
        left = [one for one in questions if one.key not in self._granted]
        if not left:
            then()
            return
        first, rest = left[0], left[1:]

        def answered(yes: bool) -> None:
            if yes:
                self._granted.add(first.key)
                self.ask(rest, then)

        words = f"{first.words}\n{self._guarantee()}"
        ask_before_running(self._window, first.title, first.code, words, answered, first.language)


def of_copy(number: int, code: str, language: str, partner: str) -> Question:
    """My copy of my partner's solution, the `number`th that I made."""
    return Question(
        f"copy {number}",
        f"Run {partner}'s code?",
        code,
        f"{partner} wrote this, and you copied it. It would run on your machine. You are asked once for each copy.",
        language,
    )


def of_pad(code: str, language: str, partner: str) -> Question:
    """The pad of a pair, in which both write."""
    return Question(
        "pad",
        f"Run what {partner} has typed?",
        code,
        f"Both of you write in this pad. What is in it when you press Run, {partner}'s lines too, runs on your machine."
        " You are asked once in a round.",
        language,
    )


def of_problem(problem: Problem, *, with_solution: bool) -> list[Question]:
    """Code that came with a problem from my partner: what compares answers, draws cases and gives answers."""
    parts = [("checker.py", problem.checker)]
    if with_solution:
        parts.append(("generator.py", problem.generator))
        accepted = (
            one.code for one in problem.solutions if one.kind is SolutionKind.ACCEPTED and one.language == "python"
        )
        parts.append(("accepted.py", next(accepted, None)))
    code = "\n\n".join(f"# {name}\n{text}" for name, text in parts if text)
    if not code:
        return []
    words = (
        f"“{problem.title}” came from your partner, and it brings code of its own. It would run on your machine."
        " You are asked once in a round."
    )
    return [Question(f"problem {problem.id} {hash(code)}", "Run the code of this problem?", code, words)]


class PadWatch:
    """Whether a text that both write holds something that my partner typed. A starter is nobody's."""

    def __init__(self, text: SharedText, starters: Iterable[str]) -> None:
        self._starters = {starter.strip() for starter in starters} | {""}
        # What was there before this app looked may be of anybody.
        self.is_mixed = text.value.strip() not in self._starters
        text.changed.connect(self._changed)

    def _changed(self, change: TextChange) -> None:
        if change.origin is Origin.REMOTE and not self.is_mixed:
            self.is_mixed = any(edit.inserted.strip() not in self._starters for edit in change.edits)
