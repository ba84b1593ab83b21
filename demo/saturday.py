"""`make demo`: Ana and Ben meet on a Saturday, and try every format. Real servers, two real app processes at a time,
time compressed sixtyfold. The evening side by side is the long one; the shorter ones are in `formats`.
"""

import argparse
import contextlib
import gzip
import json
import shutil
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from demo.evidence import NOTES, check
from demo.formats import FORMATS, PROBLEM
from demo.microphone import MicrophoneUnavailable, VirtualMicrophone, virtual_microphone
from demo.player import CLOCK_RATE, SMALL, Evening, Failure
from sparring.assets import resources_dir

TRANSACTIONS, FEW_TRANSACTIONS = 350, 80
"""How much of the recorded typing is typed: with pictures, and without."""
TRACE = Path(__file__).parents[2] / "shared" / "traces" / "sveltecomponent.json.gz"
_PROBLEM = resources_dir() / "problems" / "shortest-path-with-tolls"
_SOLUTIONS = _PROBLEM / "solutions"
_CHAT, _THOUGHT = "Which queue do you take?", "Read about bucket queues."
_STROKE = [(20, 30), (35, 55), (50, 35), (65, 60), (80, 40)]


class Saturday(Evening):
    """Side by side, with everything that the two can do."""

    format = "side-by-side"

    def __init__(
        self, output: Path, microphone: VirtualMicrophone | None = None, *, rate: int = CLOCK_RATE,
        pictures: bool = True,
    ) -> None:  # fmt: skip
        self._microphone = microphone
        self._texts: dict[str, str] = {}
        self._typed = TRANSACTIONS if pictures else FEW_TRANSACTIONS
        super().__init__(output, microphone.environment if microphone else {}, rate=rate, pictures=pictures)

    def play(self) -> None:
        self._meet()
        self._focus()
        self._talk()
        self._to_the_bell()
        self._lose_ben()
        self._reveal()
        self._compare()
        self._draw_together()
        self._explain()
        self._wrap_up()
        faults = check({player.name.lower(): player.home for player in self.players}, self._texts)
        if faults:
            raise Failure("; ".join(faults))

    def _meet(self) -> None:
        ana, ben = self.ana, self.ben
        for player in self.players:
            player.click("rail-settings")
        self.stage("settings")
        for player in self.players:
            player.click("rail-today")
        self.stage("today")
        self.meet()
        ana.do("write", name="north-star", text="Say the invariant out loud before writing the loop.")
        ben.wait("north-star", "invariant out loud")
        ana.do("pick", name="problem-list", words=PROBLEM)
        ben.wait("suggested-title", PROBLEM)
        ana.wait("lobby-hint", "Ben has not agreed yet")
        self.stage("lobby")
        ben.click("agree")
        ben.do("wait", name="start-block", enabled=True)
        # The clock stands while they type, and runs to its bell; the break is long enough for pictures, and is skipped.
        ana.do("write", name="focus-minutes", text="15")
        ana.do("write", name="break-minutes", text="60")
        ana.click("start-block")
        self.all_wait(screen="session/work")

    def _focus(self) -> None:
        ana, ben = self.ana, self.ben
        ana.click("pause")
        ben.wait("clock-words", "paused by Ana")
        wrong = (_SOLUTIONS / "wrong_first_visit.py").read_text()
        self.together(
            lambda: ana.do("code", name="my-editor", text=wrong, delay_ms=0),
            lambda: ben.do("trace", name="my-editor", transactions=_transactions(self._typed)),
        )
        ana.click("run")
        ana.wait("run-summary", "not")
        ben.must_not_see("Takes the way with the fewest roads", "the round is blind")
        ana.click("pause")
        ben.wait("pause", "Pause")
        self.stage("blind")
        ben.click("pause")
        ana.wait("clock-words", "paused by Ben")
        self.stage("paused", (SMALL,))

    def _talk(self) -> None:
        """What interrupts nobody: talk that waits, thoughts, hints, topics, and a board that nobody else sees."""
        ana, ben = self.ana, self.ben
        ben.press("Ctrl+Alt+C")
        ben.type(f"{_CHAT}\n")
        ana.wait("messages-waiting", "1 waiting")
        ben.click("nudge-more-time")
        ana.wait("messages-waiting", "2 waiting")
        ana.must_not_see(_CHAT, "talk waits until one looks")
        self.stage("waiting", (SMALL,))
        ana.click("messages-waiting")
        for words in (_CHAT, "5 more minutes?"):
            ana.wait("chat-lines", words)
        if ana.do("shown", name="messages-waiting"):
            raise Failure("Ana has read everything, and her top bar still says that something waits")
        ana.press("Ctrl+Shift+P")
        ana.type(f"{_THOUGHT}\n")
        first_hint = (_PROBLEM / "hints.md").read_text().split("\n")[0]
        ana.press("Ctrl+Alt+H")
        ana.click("hint-1")
        ana.wait("hint-list", first_hint)
        ben.wait("veil-activity", "1 hint")
        ben.press("Ctrl+Alt+H")
        ben.must_not_see(first_hint, "each takes their own hints")
        for player in self.players:
            player.press("Ctrl+Alt+P")
        ana.click("show-details")
        ben.wait("show-details", "your partner would like to")
        ana.must_not_see("shortest paths", "topics show only when both ask")
        ben.click("show-details")
        self.all_wait("details", "shortest paths")
        for player in self.players:
            player.click("mine-board")
        ana.do("draw", points=_STROKE)
        self._board_has(1, ana)
        self._board_has(0, ben)
        for player in self.players:
            player.click("mine-code")

    def _board_has(self, count: int, *players: Any) -> None:
        for player in players:
            said = player.do("accessible", name="board-canvas")
            if f"{count} elements" not in said:
                raise Failure(f"{player.name}'s board should have {count} elements, but says {said!r}")

    def _to_the_bell(self) -> None:
        ana, ben = self.ana, self.ben
        ana.do("paste", name="my-editor", text=(_SOLUTIONS / "accepted.py").read_text())
        ben.click("pause")
        ana.wait("pause", "Pause")
        ana.click("stuck")
        ben.wait("partner-words", "stuck")
        self.all_wait("strip-words", "Break")
        ana.click("pause")
        self.stage("break")
        ana.click("skip")
        self.all_wait("stuck")

    def _lose_ben(self) -> None:
        """Ben's app dies; Ana sees it, the clock goes on, a press stops it, and Ben comes back to what he wrote."""
        ana, ben = self.ana, self.ben
        written = ben.read("my-editor")
        ben.kill()
        ana.wait("partner-words", "offline")
        ana.wait("veil-activity", "The clock goes on")
        clock = ana.read("clock")
        ana.do("wait", name="clock", lacks=clock)
        ana.click("pause")
        ana.wait("clock-words", "paused by Ana")
        self.stage("disconnected", players=[ana])
        ben.come_back()
        ben.click("resume-session")
        ben.wait("my-editor", screen="session/work")
        ana.do("wait", name="partner-words", lacks="offline")
        if ben.read("my-editor") != written:
            raise Failure("Ben came back, and his code is not what it was")

    def _reveal(self) -> None:
        ana, ben = self.ana, self.ben
        ana.click("run")
        ana.wait("run-summary", "14 passed")
        ben.wait("veil-activity", "14 of 14 passing")
        ana.click("reveal")
        ben.wait("veil-hint", "Ana is ready")
        self.stage("one-pressed")
        ben.click("reveal")
        self.all_wait("to-walkthrough")
        mine, theirs = ana.read("my-editor"), ben.read("my-editor")
        ana.wait("partner-editor", theirs)
        ben.wait("partner-editor", mine)
        self.stage("revealed")

    def _compare(self) -> None:
        """Differences one by one, what each says it costs, and Ben's code run by Ana."""
        ana, ben = self.ana, self.ben
        for number in ("1 of", "2 of"):
            ana.press("F7")
            ana.wait("difference-words", number)
        for player, time_, space in ((ana, "O(E log E)", "O(V + E)"), (ben, "O(n)", "O(1)")):
            player.do("write", name="claim-time", text=time_)
            player.do("write", name="claim-space", text=space)
        ana.wait("partner-claim", "Time O(n) · Space O(1)")
        ben.wait("partner-claim", "Time O(E log E) · Space O(V + E)")
        self.stage("differences")
        ana.click("copy-theirs")
        ana.wait("scratch-editor", ben.read("my-editor"))
        ana.click("run")
        ana.wait("question-code", ben.read("my-editor"))
        ana.click("question-yes")
        ana.do("wait", name="run-summary", contains="not", lacks="Running")
        self.stage("scratch", (SMALL,), players=[ana])

    def _draw_together(self) -> None:
        ana, ben = self.ana, self.ben
        for player in self.players:
            player.click("mine-board")
        self._await_board(1)
        ben.do("draw", points=[(x, 100 - y) for x, y in _STROKE])
        self._await_board(2)
        self.stage("board")
        for player in (ana, ben):
            player.click("mine-code")

    def _await_board(self, count: int) -> None:
        for player in self.players:
            player.do("wait", name="board-canvas", contains=f"{count} elements", heard=True)

    def _explain(self) -> None:
        ana, ben = self.ana, self.ben
        ana.click("to-walkthrough")
        self.all_wait(screen="session/walkthrough")
        ana.click("record")
        if self._microphone is not None:
            ana.wait("record", "Stop")
            self._microphone.say("The town that leaves the heap is final, because no toll is negative.")
        else:
            ana.wait("microphone-words", "No microphone")
        self.together(
            lambda: ana.do("append", name="notes", text=f"{NOTES[0]}\n"),
            lambda: ben.do("append", name="notes", text=f"{NOTES[1]}\n"),
        )
        if self._microphone is not None:
            ana.wait("recording-time", "00:03")
        self.stage("walkthrough")
        if self._microphone is not None:
            ana.click("record")
            ana.wait("microphone-words", "Kept")
        ben.do("click", name="score-communication-3")
        ben.do("write", name="feedback-text", text="Clear invariant. Try the zero toll cycle sooner.")
        ben.click("send-feedback")
        self._texts = {"ana": ana.read("my-editor"), "ben": ben.read("my-editor"), "notes": ana.read("notes")}
        ben.wait("notes", self._texts["notes"])
        ana.click("turn-done")
        ana.wait("turn", "Ben explains")
        ben.click("turn-done")

    def _wrap_up(self) -> None:
        ana, ben = self.ana, self.ben
        self.all_wait(screen="session/wrapup")
        ana.wait("parked-thoughts", _THOUGHT)
        ana.wait("partner-feedback", "Clear invariant")
        ana.click("rate-hard")
        ana.do("write", name="takeaway", text="Write the invariant as a comment first.")
        ana.do("write", name="tags", text="heaps, dijkstra")
        ben.click("rate-again")
        self.stage("wrap-up")
        ana.click("finish-session")
        for player in self.players:
            player.do("wait", screen="journal", name="detail-title", contains=PROBLEM)
            player.do("click", name="journal-struggled")
            player.do("write", name="journal-search", text="tolls")
            player.do("wait", name="journal-list", contains=PROBLEM)
        self.stage("journal")


def _transactions(count: int) -> list[list[list[Any]]]:
    """A real person's typing where it lies beside the project, else a few lines of ours."""
    if TRACE.exists():
        trace = json.loads(gzip.decompress(TRACE.read_bytes()))
        return [transaction["patches"] for transaction in trace["txns"][:count]]
    words = "from collections import deque\n# breadth first? no: tolls differ\n"
    return [[[number, 0, letter]] for number, letter in enumerate(words)]


@contextlib.contextmanager
def _maybe_microphone() -> Iterator[tuple[VirtualMicrophone | None, str]]:
    try:
        with virtual_microphone() as microphone:
            yield microphone, "a recording through a virtual microphone"
    except MicrophoneUnavailable as reason:
        yield None, f"no recording: {reason}"


def _play(make: type[Evening], evenings: list[Evening], *arguments: Any, **details: Any) -> list[str]:
    """One evening from its start to its end; what was wrong, in words."""
    try:
        evening = make(*arguments, **details)
    except Failure as failure:
        return [f"{make.format}: {failure}"]
    evenings.append(evening)
    try:
        evening.play()
        return [f"{make.format}: {fault}" for fault in evening.close()]
    except Failure as failure:
        with contextlib.suppress(Failure):
            evening.stage("failure")
        return [f"{make.format}: {failure}"]
    finally:
        evening.end()


def main() -> int:
    parser = argparse.ArgumentParser(prog="make demo", description=__doc__)
    parser.add_argument("--output", type=Path, default=Path("demo-output"))
    output = parser.parse_args().output.resolve()
    shutil.rmtree(output, ignore_errors=True)
    output.mkdir(parents=True)
    begin = time.monotonic()
    evenings: list[Evening] = []
    with _maybe_microphone() as (microphone, sound):
        faults = _play(Saturday, evenings, output, microphone)
    for make in FORMATS:
        faults += _play(make, evenings, output, first_stage=1 + sum(len(one.stages) for one in evenings))
    seconds = time.monotonic() - begin
    stages = [stage for evening in evenings for stage in evening.stages]
    lines = [
        "# A Saturday", "", f"{len(evenings)} evenings, {len(stages)} stages in {seconds:.0f} s, {sound}.", "",
        *(f"- {stage}" for stage in stages), "",
        *([f"FAULT: {fault}" for fault in faults] or ["All editors, all journals and the shared notes agree."]),
    ]  # fmt: skip
    (output / "summary.md").write_text("\n".join(lines) + "\n")
    print("\n".join(lines))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
