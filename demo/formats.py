"""A shorter evening for each other format: a pair at one pad, a mock interview with two rounds of it, and one alone."""

import re
from pathlib import Path

from demo.oral import OralMock
from demo.player import SMALL, Evening, Failure, Player
from sparring.assets import resources_dir
from sparring.journal import Journal, RoundFilter

PROBLEM, NEXT_PROBLEM = "Shortest path with tolls", "Islands after each flood"
_PROBLEMS = resources_dir() / "problems"
_TOLLS, _ISLANDS = _PROBLEMS / "shortest-path-with-tolls", _PROBLEMS / "islands-after-each-flood"
_THOUGHT = "Look up what a Fibonacci heap gains."


class Pair(Evening):
    """Both write in one pad."""

    format = "pair"

    def play(self) -> None:
        ana, ben = self.ana, self.ben
        self.meet()
        begin(ana, "pair", PROBLEM, ben)
        self.all_wait(screen="session/work")
        ana.do("paste", name="my-editor", text=(_TOLLS / "solutions" / "accepted.py").read_text())
        ben.wait("my-editor", "return None")
        ben.click("follow")
        ana.press("Ctrl+Home")
        self.together(
            lambda: ana.type("# Ana: a heap of tolls\n"),
            lambda: ben.do("append", name="my-editor", text="\n# Ben: zero tolls are fine"),
        )
        self.all_wait("my-editor", "# Ana: a heap of tolls")
        self.all_wait("my-editor", "# Ben: zero tolls are fine")
        pad = same(self, "my-editor", "pads")
        ana.click("run")
        # Ben has typed in the pad, so Ana is shown what would run.
        ana.wait("question-code", "# Ben: zero tolls are fine")
        self.stage("question", (SMALL,), players=[ana])
        ana.click("question-yes")
        ana.wait("run-summary", "14 passed")
        ben.wait("veil-activity", "14 of 14 passing")
        self.stage("pad")
        ana.press("Ctrl+K")
        ana.type("nudge")
        ana.wait("palette-list", "need a hint?")
        self.stage("palette", (SMALL,))
        ana.press("Esc")
        finish_block(ana, "reveal")
        ben.wait("veil-hint", "Ana is ready")
        finish_block(ben, "reveal")
        self.all_wait("to-walkthrough")
        self.stage("revealed")
        self._explain()
        for player in self.players:
            check_code(player, PROBLEM, pad)

    def _explain(self) -> None:
        ana, ben = self.ana, self.ben
        ben.click("to-walkthrough")
        self.all_wait(screen="session/walkthrough")
        self.all_wait("speaker-code", "# Ana: a heap of tolls")
        self.stage("walkthrough", (SMALL,))
        ana.click("to-wrap-up")
        self.all_wait(screen="session/wrapup")
        ben.click("finish-session")
        self.all_wait(screen="journal", name="detail-title", contains=PROBLEM)


class Mock(Evening):
    """Ana asks, Ben solves; at the bell they change places, and take another problem."""

    format = "mock"

    def play(self) -> None:
        ana, ben = self.ana, self.ben
        self.meet()
        ana.click("format-mock")
        ana.do("write", name="focus-minutes", text="10")
        # Long enough for pictures; it is skipped in the end.
        ana.do("write", name="break-minutes", text="60")
        self.stage("lobby", (SMALL,))
        begin(ana, "mock", PROBLEM, ben)
        self.all_wait(screen="session/work")
        ana.wait("session-under", "you are the interviewer")
        ben.wait("session-under", "you are the candidate")
        ana.click("pause")
        self._interview(ana, ben)
        ana.click("pause")
        ana.wait("pause", "Pause")
        self.stage("interview")
        # The bell.
        self.all_wait("strip-words", "Then the other one asks")
        ana.click("pause")
        ben.wait("clock-words", "paused by Ana")
        ana.wait("session-under", "you are the candidate")
        ben.wait("session-under", "you are the interviewer")
        self.stage("break")
        self._pick_another()
        self._second_interview()
        self._explain()

    def _interview(self, asks: Player, solves: Player) -> None:
        secrets = (
            ("The courier may use one road for free", "a follow-up question"),
            ("a chain of diamonds doubles", "the editorial"),
            ("States why a town that leaves the heap is final", "the rubric"),
        )
        asks.press("Ctrl+Alt+I")
        for words, what in secrets:
            asks.must_see(words, f"the interviewer needs {what}")
            solves.must_not_see(words, f"{what} is for the interviewer only")
        for name in ("guide-interview", "follow-ups", "editorial", "rubric-list"):
            if solves.do("shown", name=name):
                raise Failure(f"{solves.name} is the candidate and has {name} on the screen")
        code = (_TOLLS / "solutions" / "wrong_first_visit.py").read_text()
        solves.do("paste", name="my-editor", text=code)
        asks.wait("partner-editor", "fewest roads for the cheapest")
        asks.do("paste", name="my-editor", text="# Counts roads, not tolls")
        solves.must_not_see("Counts roads, not tolls", "what an interviewer notes is in no room")
        ask, hint = "Which town's toll is certain first", "hint-list"
        solves.press("Ctrl+Alt+H")
        solves.must_not_see(ask, "no hint was given yet")
        asks.press("Ctrl+Alt+H")
        asks.click("hint-1")
        solves.wait(hint, ask)
        solves.must_not_see("can never become cheaper", "only the first hint was given")
        asks.press("Ctrl+Alt+I")

    def _pick_another(self) -> None:
        ana, ben = self.ana, self.ben
        ben.click("pick-next")
        ben.wait("palette-query")
        ben.type("pick islands")
        ben.wait("palette-list", NEXT_PROBLEM)
        self.stage("palette", (SMALL,))
        ben.press("Return")
        self.all_wait("strip-words", NEXT_PROBLEM)
        ana.wait("strip-words", "Ben suggests")
        ben.wait("strip-words", "Ana has not agreed yet")
        ana.must_not_see(_sentence(_ISLANDS / "statement.md"), "it is shown once both have agreed")
        self.stage("next-problem", (SMALL,))
        ana.click("agree-next")
        self.all_wait("session-title", NEXT_PROBLEM)
        ben.wait("strip-words", "Both of you agreed")
        ben.click("skip")
        self.all_wait("session-under", "focus")
        ana.click("pause")
        ana.wait("my-editor", "islands_after")
        ben.press("Ctrl+Alt+I")
        ben.must_see(_sentence(_ISLANDS / "editorial.md"), "it is the editorial of the problem that was picked")
        ana.must_not_see(_sentence(_ISLANDS / "editorial.md"), "the editorial is for the interviewer only")

    def _second_interview(self) -> None:
        ana, ben = self.ana, self.ben
        ana.do("paste", name="my-editor", text=(_ISLANDS / "solutions" / "accepted.py").read_text())
        ana.click("run")
        ana.wait("run-summary", "passed")
        ben.wait("partner-editor", "def islands_after")
        self.stage("swapped", (SMALL,))
        finish_block(ana, "reveal")
        finish_block(ben, "finish-block")
        self.all_wait("to-walkthrough")
        self.stage("revealed")

    def _explain(self) -> None:
        ana, ben = self.ana, self.ben
        ana.click("to-walkthrough")
        self.all_wait(screen="session/walkthrough")
        mine, theirs = "Your walkthrough", f"{ben.name} explains"
        first = ana.read("turn")
        ana.click("turn-done")
        # The button stays where it is: without a wait, the second press might be for the first turn.
        ana.wait("turn", theirs if first == mine else mine)
        ana.click("turn-done")
        self.all_wait(screen="session/wrapup")
        ben.click("finish-session")
        self.all_wait(screen="journal", name="detail-title")


class Solo(Evening):
    """Nobody else, the same screens."""

    format = "solo"
    people = ("Ana",)

    def play(self) -> None:
        (ana,) = self.players
        self.meet()
        begin(ana, "solo", PROBLEM)
        ana.wait(screen="session/work")
        for name in ("guide-chat", "messages-waiting", "partner-editor"):
            if ana.do("shown", name=name):
                raise Failure(f"Ana practises alone and has {name} on the screen")
        code = (_TOLLS / "solutions" / "wrong_first_visit.py").read_text()
        ana.do("paste", name="my-editor", text=code)
        ana.click("run")
        ana.wait("run-summary", "not")
        ana.press("Ctrl+Alt+H")
        ana.click("hint-1")
        ana.wait("hint-list", "Which town's toll is certain first")
        ana.press("Ctrl+Shift+P")
        ana.type(f"{_THOUGHT}\n")
        self.stage("alone")
        finish_block(ana, "reveal")
        ana.wait("to-walkthrough")
        ana.click("to-walkthrough")
        ana.wait(screen="session/walkthrough")
        self.stage("walkthrough", (SMALL,))
        ana.click("to-wrap-up")
        ana.wait(screen="session/wrapup", name="parked-thoughts", contains=_THOUGHT)
        ana.click("rate-again")
        self.stage("wrap-up", (SMALL,))
        ana.click("finish-session")
        ana.wait(screen="journal", name="detail-title", contains=PROBLEM)
        check_code(ana, PROBLEM, code.rstrip("\n"))


FORMATS: tuple[type[Evening], ...] = (Pair, Mock, Solo, OralMock)


def begin(host: Player, format_: str, problem: str, guest: Player | None = None) -> None:
    """In the lobby: choose the format, suggest a problem that the guest agrees with, and start."""
    host.click(f"format-{format_}")
    host.do("pick", name="problem-list", words=problem)
    if guest is not None:
        guest.wait("suggested-title", problem)
        guest.click("agree")
    host.click("start-block")


def finish_block(player: Player, name: str) -> None:
    """Say that one is done."""
    player.click(name)
    player.wait()


def same(evening: Evening, name: str, what: str) -> str:
    """The text that all seats must have in this place."""
    texts = [player.read(name) for player in evening.players]
    if len(set(texts)) != 1:
        raise Failure(f"the {what} differ: {texts}")
    return texts[0]


def check_code(player: Player, problem: str, code: str) -> None:
    """The journal has the code that was on the screen."""
    journal = Journal.open(player.home)
    try:
        found = journal.rounds(RoundFilter(text=problem.split()[0]))
        detail = journal.round_detail(found[0].id) if found else None
    finally:
        journal.close()
    if detail is None or detail.my_code != code:
        kept = detail.my_code if detail else None
        raise Failure(f"{player.name}'s journal has other code of {problem!r} than the screen: {kept!r}")


def _sentence(path: Path) -> str:
    """Some words in a row of a Markdown file, without its marks."""
    plain = re.split(r"[`*_(\[]", path.read_text().strip().splitlines()[0])[0]
    return " ".join(plain.split()[:8])
