"""A mock interview that is spoken: a prompt in place of a problem, notes in place of code, and nothing to run."""

from demo.player import SMALL, Evening, Failure, Player
from sparring.journal import Journal, RoundFilter

PROMPT = "One fraud in two thousand"
NOTES = "## In one sentence\n\n- 99.95 % is what *always honest* gets\n- rank the queue by what a review **saves**\n"
_NUDGE = "What accuracy does a model have that calls everything honest?"
_SECRETS = (
    ("The amount differs per payment", "a follow-up question"),
    ("imbalance alone is no illness", "what a strong answer covers"),
    ("computes what a small false-positive rate means", "the rubric"),
)


class OralMock(Evening):
    """Ana asks; Ben answers aloud and takes notes. At the reveal both may read what a strong answer covers."""

    format = "oral"

    def play(self) -> None:
        ana, ben = self.ana, self.ben
        self.meet()
        ana.click("format-mock")
        ana.do("write", name="blocks", text="1")
        ana.do("pick", name="problem-list", words=PROMPT)
        ben.wait("suggested-title", PROMPT)
        ben.click("agree")
        ana.click("start-block")
        self.all_wait(screen="session/work")
        ana.wait("session-under", "you are the interviewer")
        ben.wait("my-editor", "## When it fails")
        ana.click("pause")
        self._interview(ana, ben)
        ana.click("pause")
        ana.click("finish-block")
        ben.click("reveal")
        self._look_back()
        self._explain()

    def _interview(self, asks: Player, answers: Player) -> None:
        for player in self.players:
            player.must_see("99.95 % accurate", "it is the question")
            player.wait("nothing-to-run", "answered aloud")
            if player.do("read", name="mine-code") != "Notes":
                raise Failure(f"{player.name} is asked for code")
        answers.press("Ctrl+Return")
        asks.press("Ctrl+Alt+I")
        for words, what in _SECRETS:
            asks.must_see(words, f"the interviewer needs {what}")
            answers.must_not_see(words, f"{what} is for the interviewer only")
        answers.do("paste", name="my-editor", text=NOTES)
        asks.wait("partner-editor", "rank the queue")
        answers.must_not_see(_NUDGE, "no nudge was given yet")
        self.stage("interview")
        asks.press("Ctrl+Alt+H")
        asks.click("hint-1")
        answers.press("Ctrl+Alt+H")
        answers.wait("hint-list", _NUDGE)

    def _look_back(self) -> None:
        self.all_wait("to-walkthrough")
        for player in self.players:
            player.press("Ctrl+Alt+I")
            for words, what in _SECRETS:
                player.must_see(words, f"{what} is for both once the work is done")
            if player.do("shown", name="claim-time"):
                raise Failure(f"{player.name} is asked what speaking costs")
        self.stage("revealed")

    def _explain(self) -> None:
        ana, ben = self.ana, self.ben
        ana.click("to-walkthrough")
        self.all_wait(screen="session/walkthrough")
        self.all_wait("speaker-code", "rank the queue")
        for name, is_asked in (("score-depth-3", True), ("score-testing-3", False)):
            if bool(ana.do("shown", name=name)) != is_asked:
                raise Failure(f"the feedback on what was spoken is wrong about {name}")
        ana.click("score-depth-3")
        ana.click("send-feedback")
        self.stage("walkthrough", (SMALL,))
        ana.click("to-wrap-up")
        self.all_wait(screen="session/wrapup")
        ben.wait("partner-feedback", "Depth 3")
        ben.wait("rating-reason", "Proposed: hard (1 hint)")
        ben.click("finish-session")
        self.all_wait(screen="journal", name="detail-title", contains=PROMPT)
        self.stage("journal", (SMALL,))
        self._check_journal(ben)

    def _check_journal(self, player: Player) -> None:
        journal = Journal.open(player.home)
        try:
            detail = journal.round_detail(journal.rounds(RoundFilter())[0].id)
        finally:
            journal.close()
        assert detail is not None
        kept = (detail.my_code, detail.language, detail.round.outcome, detail.runs)
        if kept != (NOTES.rstrip("\n"), "markdown", "answered", 0):
            raise Failure(f"{player.name}'s journal has something else of the interview: {kept}")
