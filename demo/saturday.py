"""`make demo`: Ana and Ben meet on a Saturday. A real server, two real app processes, time compressed sixtyfold."""

import argparse
import contextlib
import gzip
import json
import os
import shutil
import subprocess
import sys
import time
import wave
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from demo.microphone import MicrophoneUnavailable, VirtualMicrophone, virtual_microphone
from sparring.assets import resources_dir
from sparring.journal import Journal, RoundFilter

CLOCK_RATE = "60"
TRANSACTIONS = 350
"""How much of the recorded typing fits into a compressed block."""
TRACE = Path(__file__).parents[2] / "shared" / "traces" / "sveltecomponent.json.gz"
HEARD = 1_000
"""A sample this loud, of 32,767, is speech and not noise."""
PROBLEM = "Shortest path with tolls"
NOTES = ("Invariant: a town that leaves the heap is final.", "Stale entries are skipped, not decreased.")
_SOLUTIONS = resources_dir() / "problems" / "shortest-path-with-tolls" / "solutions"


class Saturday:
    """The script."""

    def __init__(self, output: Path, microphone: VirtualMicrophone | None) -> None:
        self._output = output
        self._microphone = microphone
        extra = microphone.environment if microphone else {}
        self.ana = Player("Ana", output / "ana", output, extra)
        self.ben = Player("Ben", output / "ben", output, extra)
        self.stages: list[str] = []

    def stage(self, name: str) -> None:
        """Both seats' pictures of a moment."""
        number = f"{len(self.stages) + 1:02}-{name}"
        self.stages.append(number)
        for player in (self.ana, self.ben):
            player.pictures(number)

    def play(self) -> dict[str, str]:
        """Everything, from the invite to the journal. Returns the texts that both must have."""
        self._meet()
        self._focus()
        self._reveal()
        texts = self._explain()
        self._wrap_up()
        return texts

    def _meet(self) -> None:
        ana, ben = self.ana, self.ben
        for player in (ana, ben):
            player.do("write", name="my-name", text=player.name)
        for player in (ana, ben):
            player.click("rail-settings")
        self.stage("settings")
        for player in (ana, ben):
            player.click("rail-today")
        self.stage("today")
        ana.click("start-session")
        ana.do("wait", screen="session/lobby", name="invite-link")
        ben.do("write", name="invite-link-input", text=ana.do("read", name="invite-link"))
        ben.click("join-session")
        ben.do("wait", screen="session/lobby")
        ana.do("wait", name="partner-name", contains="Ben")
        ana.do("write", name="north-star", text="Say the invariant out loud before writing the loop.")
        ben.do("wait", name="north-star", contains="invariant out loud")
        ana.do("pick", name="problem-list", words=PROBLEM)
        ben.do("wait", name="start-block", enabled=True)
        self.stage("lobby")
        ana.click("start-block")
        for player in (ana, ben):
            player.do("wait", screen="session/work")

    def _focus(self) -> None:
        ana, ben = self.ana, self.ben
        with ThreadPoolExecutor(2) as hands:
            typing = [
                hands.submit(ana.do, "code", name="my-editor", text=(_SOLUTIONS / "wrong_first_visit.py").read_text()),
                hands.submit(ben.do, "trace", name="my-editor", transactions=_transactions()),
            ]
            for done in typing:
                done.result()
        ana.click("run")
        ana.do("wait", name="run-summary", contains="not")
        self.stage("blind")
        ben.click("pause")
        ana.do("wait", name="clock-words", contains="paused by Ben")
        self.stage("paused")
        ben.click("pause")
        ana.do("wait", name="pause", contains="Pause")
        ana.click("stuck")
        ana.do("code", name="my-editor", text=(_SOLUTIONS / "accepted.py").read_text(), delay_ms=1)
        for player in (ana, ben):
            player.do("wait", name="strip-words", contains="Break")
        self.stage("break")

    def _reveal(self) -> None:
        ana, ben = self.ana, self.ben
        for player in (ana, ben):
            player.do("wait", name="stuck")
        ana.click("run")
        ana.do("wait", name="run-summary", contains="14 passed")
        ben.do("wait", name="veil-activity", contains="14 of 14 passing")
        ana.click("reveal")
        ben.click("reveal")
        for player in (ana, ben):
            player.do("wait", name="to-walkthrough")
        mine, theirs = ana.do("read", name="my-editor"), ben.do("read", name="my-editor")
        ana.do("wait", name="partner-editor", contains=theirs)
        ben.do("wait", name="partner-editor", contains=mine)
        self.stage("reveal")

    def _explain(self) -> dict[str, str]:
        ana, ben = self.ana, self.ben
        ana.click("to-walkthrough")
        for player in (ana, ben):
            player.do("wait", screen="session/walkthrough")
        ana.click("record")
        if self._microphone is not None:
            ana.do("wait", name="record", contains="Stop")
            self._microphone.say("The town that leaves the heap is final, because no toll is negative.")
        else:
            ana.do("wait", name="microphone-words", contains="No microphone")
        with ThreadPoolExecutor(2) as hands:
            typing = [
                hands.submit(player.do, "append", name="notes", text=f"{line}\n")
                for player, line in zip((ana, ben), NOTES, strict=True)
            ]
            for done in typing:
                done.result()
        if self._microphone is not None:
            ana.do("wait", name="recording-time", contains="00:03")
        self.stage("walkthrough")
        if self._microphone is not None:
            ana.click("record")
            ana.do("wait", name="microphone-words", contains="Kept")
        ben.do("click", name="score-communication-3")
        ben.do("write", name="feedback-text", text="Clear invariant. Try the zero toll cycle sooner.")
        ben.click("send-feedback")
        texts = {
            "ana": ana.do("read", name="my-editor"), "ben": ben.do("read", name="my-editor"),
            "notes": ana.do("read", name="notes"),
        }  # fmt: skip
        ben.do("wait", name="notes", contains=texts["notes"])
        ana.click("turn-done")
        ana.do("wait", name="turn", contains="Ben explains")
        ben.click("turn-done")
        return texts

    def _wrap_up(self) -> None:
        ana, ben = self.ana, self.ben
        for player in (ana, ben):
            player.do("wait", screen="session/wrapup")
        ana.do("wait", name="partner-feedback", contains="Clear invariant")
        ana.click("rate-hard")
        ana.do("write", name="takeaway", text="Write the invariant as a comment first.")
        ana.do("write", name="tags", text="heaps, dijkstra")
        ben.click("rate-again")
        self.stage("wrap-up")
        ana.click("finish-session")
        for player in (ana, ben):
            player.do("wait", screen="journal", name="detail-title", contains=PROBLEM)
            player.do("click", name="journal-struggled")
            player.do("write", name="journal-search", text="tolls")
            player.do("wait", name="journal-list", contains=PROBLEM)
        self.stage("journal")


def _loudest(path: Path) -> int:
    """The loudest sample of a recording."""
    with wave.open(str(path)) as recording:
        samples = memoryview(recording.readframes(recording.getnframes())).cast("h")
    return max(map(abs, samples), default=0)


def _transactions() -> list[list[list[Any]]]:
    """A real person's typing where it lies beside the project, else a few lines of ours."""
    if TRACE.exists():
        trace = json.loads(gzip.decompress(TRACE.read_bytes()))
        return [transaction["patches"] for transaction in trace["txns"][:TRANSACTIONS]]
    words = "from collections import deque\n# breadth first? no: tolls differ\n"
    return [[[number, 0, letter]] for number, letter in enumerate(words)]


def check(output: Path, texts: dict[str, str]) -> list[str]:
    """What is wrong with the journals, in words; nothing if they agree with the screens and with each other."""
    faults = []
    for name, other in (("ana", "ben"), ("ben", "ana")):
        journal = Journal.open(output / name)
        try:
            found = journal.rounds(RoundFilter(text="tolls", struggled=True))
            detail = journal.round_detail(found[0].id) if found else None
            if detail is None:
                faults.append(f"{name}'s journal does not find the struggled problem")
                continue
            for what, kept, expected in (
                ("own code", detail.my_code, texts[name]),
                ("partner's code", detail.partner_code, texts[other]),
                ("notes", detail.notes, texts["notes"]),
            ):
                if kept != expected:
                    faults.append(f"{name}'s journal has other {what} than the screen")
            if not journal.tape(detail.round.session):
                faults.append(f"{name}'s tape is empty")
            faults.extend(
                f"{name}'s recording {recording.path} is silent"
                for recording in detail.recordings
                if _loudest(output / name / recording.path) < HEARD
            )
        finally:
            journal.close()
    if not all(line in texts["notes"] for line in NOTES) and sorted("".join(NOTES)) != sorted(
        texts["notes"].replace("\n", "")
    ):
        faults.append("the shared notes lack something that was typed")
    return faults


@contextlib.contextmanager
def _maybe_microphone() -> Iterator[tuple[VirtualMicrophone | None, str]]:
    try:
        with virtual_microphone() as microphone:
            yield microphone, "a recording through a virtual microphone"
    except MicrophoneUnavailable as reason:
        yield None, f"no recording: {reason}"


def main() -> int:
    parser = argparse.ArgumentParser(prog="make demo", description=__doc__)
    parser.add_argument("--output", type=Path, default=Path("demo-output"))
    output = parser.parse_args().output.resolve()
    shutil.rmtree(output, ignore_errors=True)
    output.mkdir(parents=True)
    begin = time.monotonic()
    with _maybe_microphone() as (microphone, sound):
        saturday = Saturday(output, microphone)
        try:
            texts = saturday.play()
            codes = [player.close() for player in (saturday.ben, saturday.ana)]
            faults = check(output, texts) + [f"an app ended with {code}" for code in codes if code]
        except Failure as failure:
            with contextlib.suppress(Failure, OSError):
                saturday.stage("failure")
            faults = [str(failure)]
        finally:
            saturday.ana.end()
            saturday.ben.end()
    seconds = time.monotonic() - begin
    lines = [
        "# A Saturday", "", f"{len(saturday.stages)} stages in {seconds:.0f} s, {sound}.", "",
        *(f"- {stage}" for stage in saturday.stages), "",
        *([f"FAULT: {fault}" for fault in faults] or ["Both editors, both journals and the shared notes agree."]),
    ]  # fmt: skip
    (output / "summary.md").write_text("\n".join(lines) + "\n")
    print("\n".join(lines))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
