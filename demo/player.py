"""One app process of an evening, directed through its own interface; and what every evening has in common."""

import contextlib
import json
import os
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

CLOCK_RATE = 60
LARGE, SMALL = (1920, 1080), (1280, 800)
BOTH_SIZES = (LARGE, SMALL)


class Failure(Exception):
    """The evening did not go as it should; the message says what was seen."""


class Player:
    """One app process. `home` is its profile; what it says on standard error goes to a log in `output`."""

    def __init__(
        self, name: str, home: Path, output: Path, extra: dict[str, str] | None = None, rate: int = CLOCK_RATE,
        seat: str = "demo.seat",
    ) -> None:  # fmt: skip
        self.name = name
        self._seat = seat
        self.home = home
        self._pictures = output / "pictures"
        self._pictures.mkdir(parents=True, exist_ok=True)
        self._environment = {
            **os.environ, "QT_QPA_PLATFORM": "offscreen", "SPARRING_HOME": str(home), "SPARRING_TEST_MODE": "1",
            "SPARRING_CLOCK_RATE": str(rate), "SPARRING_HOST_ADDRESS": "127.0.0.1", **(extra or {}),
        }  # fmt: skip
        self._log = output / f"{home.name}.log"
        self._begin()

    @property
    def process_id(self) -> int:
        return self._process.pid

    def sit_down(self) -> None:
        """Wait until the app has started."""
        self._answer()

    def _begin(self) -> None:
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", self._seat], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log,
                env=self._environment, text=True,
            )  # fmt: skip

    def _answer(self) -> Any:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            raise Failure(f"{self.name}'s app ended; see {self._log}")
        answer = json.loads(line)
        if "error" in answer:
            raise Failure(f"{self.name}: {answer['error']}")
        return answer.get("ok")

    def do(self, action: str, **details: Any) -> Any:
        """One action at this seat; raises `Failure` in words."""
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(json.dumps({"do": action, **details}) + "\n")
            self._process.stdin.flush()
        except BrokenPipeError:
            raise Failure(f"{self.name}'s app ended; see {self._log}") from None
        return self._answer()

    def click(self, name: str) -> None:
        """Press a button, once it can be pressed."""
        self.do("wait", name=name, enabled=True)
        self.do("click", name=name)

    def wait(self, name: str = "", contains: str = "", screen: str = "") -> None:
        """Until this can be seen."""
        self.do("wait", name=name, contains=contains, screen=screen)

    def read(self, name: str) -> str:
        """The words of one part of the screen."""
        return str(self.do("read", name=name))

    def press(self, *keys: str) -> None:
        """Keys for whatever has the focus, each as a chord: "Ctrl+K", "Tab"."""
        for key in keys:
            self.do("press", keys=key)

    def type(self, text: str) -> None:
        """Type for whatever has the focus."""
        self.do("type", text=text)

    def focus(self) -> str:
        """The name of what has the focus."""
        return str(self.do("focus")["name"])

    def sees(self, words: str) -> bool:
        """Whether these words can be read anywhere in the window now."""
        return " ".join(words.split()) in " ".join(str(self.do("see")).split())

    def must_see(self, words: str, why: str) -> None:
        if not self.sees(words):
            raise Failure(f"{self.name} does not see {words!r}: {why}")

    def must_not_see(self, words: str, why: str) -> None:
        if self.sees(words):
            raise Failure(f"{self.name} sees {words!r}: {why}")

    def pictures(self, stage: str, sizes: tuple[tuple[int, int], ...] = BOTH_SIZES) -> None:
        """What this seat sees now, in both themes."""
        self.do("pictures", folder=str(self._pictures), stage=f"{stage}-{self.name.lower()}", sizes=sizes)

    def come_back(self) -> None:
        """Start the app again, after it was killed."""
        self.end()
        self._begin()
        self.sit_down()

    def close(self) -> int:
        """Close the window and wait for the process."""
        with contextlib.suppress(Failure):
            self.do("close")
        try:
            return self._process.wait(20)
        finally:
            self.end()

    def kill(self) -> None:
        """What a crash or an empty battery does."""
        self._process.kill()
        self._process.wait()

    def end(self) -> None:
        """Make sure that nothing is left of it."""
        if self._process.poll() is None:
            self._process.kill()
            self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                with contextlib.suppress(BrokenPipeError):
                    pipe.close()


class Evening:
    """A script for some players: stages with pictures, and checks that fail in words. Subclasses `play` it."""

    format = ""
    people: tuple[str, ...] = ("Ana", "Ben")

    def __init__(
        self, output: Path, extra: dict[str, str] | None = None, *, rate: int = CLOCK_RATE, pictures: bool = True,
        first_stage: int = 1,
    ) -> None:  # fmt: skip
        self._takes_pictures = pictures
        self._first_stage = first_stage
        self.output = output
        self.stages: list[str] = []
        self.players: list[Player] = []
        try:
            for name in self.people:
                home = output / f"{name.lower()}-{self.format}"
                self.players.append(Player(name, home, output, extra, rate))
            for player in self.players:
                player.sit_down()
        except BaseException:
            self.end()
            raise

    @property
    def ana(self) -> Player:
        return self.players[0]

    @property
    def ben(self) -> Player:
        return self.players[1]

    def play(self) -> None:
        """The whole evening. Raises `Failure`."""
        raise NotImplementedError

    def stage(
        self, name: str, sizes: tuple[tuple[int, int], ...] = BOTH_SIZES, players: list[Player] | None = None
    ) -> None:
        """Pictures of a moment, at all seats or at these."""
        number = f"{self._first_stage + len(self.stages):02}-{self.format}-{name}"
        self.stages.append(number)
        if self._takes_pictures:
            self.together(*(lambda player=player: player.pictures(number, sizes) for player in players or self.players))

    def together(self, *acts: Callable[[], Any]) -> list[Any]:
        """Things done at both seats at the same time."""
        with ThreadPoolExecutor(len(acts)) as hands:
            return [done.result() for done in [hands.submit(act) for act in acts]]

    def all_wait(self, name: str = "", contains: str = "", screen: str = "") -> None:
        """Until all see this."""
        for player in self.players:
            player.wait(name, contains, screen)

    def meet(self) -> None:
        """From Today into the lobby: the first hosts, the other pastes the link."""
        for player in self.players:
            player.do("write", name="my-name", text=player.name)
        host, *guests = self.players
        host.click("start-session")
        host.wait("invite-link", screen="session/lobby")
        for guest in guests:
            guest.do("write", name="invite-link-input", text=host.read("invite-link"))
            guest.click("join-session")
            guest.wait(screen="session/lobby")
            host.wait("partner-name", guest.name)

    def close(self) -> list[str]:
        """Close all windows; what was wrong with that, in words."""
        codes = [(player.name, player.close()) for player in reversed(self.players)]
        return [f"{name}'s app ended with {code}" for name, code in codes if code]

    def end(self) -> None:
        """Make sure that nothing is left."""
        for player in self.players:
            player.end()
