"""From a key press in one app's editor to the text in the partner's editor: two real apps, one real server."""

import asyncio
import random
import tempfile
import time
from itertools import pairwise
from pathlib import Path

from websockets.asyncio.client import connect

from bench.figures import Figure, percentile
from bench.server import running
from demo.formats import PROBLEM
from demo.player import Player
from sparring_server.protocol import names

KEYS = 500
WARM_UP = 50
A_SECOND = 20.0
FRAME_BYTES = 80
"""About what one key becomes on the wire: an update of 25 bytes, and the document's name."""
GOALS_MS = {50: 5.0, 99: 16.0}
_STEAL = 7
"""Its column in `/proc/stat`."""
_WORDS = "total = values[index] + 1  # so far\nbest = min(best, total) if best else 0\nseen.add(index)\n"


def relay_times(count: int, seed: int) -> list[float]:
    """Milliseconds from a plain asyncio client's message, through the bare relay, to another one, at the same pace."""

    async def measure() -> list[float]:
        chance = random.Random(seed)
        times: list[float] = []
        async with running("bench.relay") as address:
            url = f"{address}/rooms/{names.new_id()}"
            async with (
                connect(url, compression=None, proxy=None) as one,
                connect(url, compression=None, proxy=None) as other,
            ):
                for _ in range(count):
                    begin = time.monotonic_ns()
                    await one.send(bytes(FRAME_BYTES))
                    await other.recv()
                    times.append((time.monotonic_ns() - begin) / 1e6)
                    await asyncio.sleep(chance.uniform(0.5, 1.5) / A_SECOND)
        return times

    return asyncio.run(measure())


def keys(count: int) -> str:
    """What is typed: code, but nothing that the editor closes or indents by itself."""
    typed = "".join(character for character in _WORDS if character not in "()[]{}")
    return (typed * (count // len(typed) + 1))[:count]


def _stolen() -> tuple[int, int]:
    """What the host gave to others so far, and all that there was, in ticks of all cores (proc(5), `/proc/stat`)."""
    ticks = [int(word) for word in Path("/proc/stat").read_text().splitlines()[0].split()[1:9]]
    return ticks[_STEAL], sum(ticks)


def _side_by_side(ana: Player, ben: Player) -> None:
    """Both after the reveal, each with the other's editor beside their own."""
    for player in (ana, ben):
        player.do("write", name="my-name", text=player.name)
    ana.click("start-session")
    ana.do("wait", screen="session/lobby", name="invite-link")
    ben.do("write", name="invite-link-input", text=ana.do("read", name="invite-link"))
    ben.click("join-session")
    ben.do("wait", screen="session/lobby")
    ana.do("wait", name="partner-name", contains="Ben")
    ana.do("pick", name="problem-list", words=PROBLEM)
    ben.do("wait", name="agree", enabled=True)
    ben.click("agree")
    ana.do("wait", name="start-block", enabled=True)
    ana.click("start-block")
    for player in (ana, ben):
        player.do("wait", screen="session/work")
        player.do("wait", name="stuck")
    for player in (ana, ben):
        player.click("reveal")
    for player in (ana, ben):
        player.do("wait", name="partner-editor")


def key_times(count: int) -> list[float]:
    """Milliseconds from each key press to the change of the partner's widget."""
    with tempfile.TemporaryDirectory() as folder:
        output = Path(folder)
        extra = {"SPARRING_CLOCK_RATE": "1"}
        players: list[Player] = []
        try:
            for name in ("Ana", "Ben"):
                players.append(Player(name, output / name.lower(), output, extra, seat="bench.seat"))
            for player in players:
                player.sit_down()
            ana, ben = players
            _side_by_side(ana, ben)
            ben.do("watch", name="partner-editor")
            pressed = ana.do("type_paced", name="my-editor", text=keys(count), a_second=A_SECOND, seed=7)
            ben.do("wait", name="partner-editor", contains=ana.do("read", name="my-editor"))
            shown = dict(ben.do("noted"))
            for player in players:
                player.close()
        finally:
            for player in players:
                player.end()
    lengths = [length for length, _ in pressed]
    if any(after - before != 1 for before, after in pairwise(lengths)):
        raise RuntimeError("a key made more or less than one character")
    return [(shown[length] - at) / 1e6 for length, at in pressed]


def run() -> list[Figure]:
    """The rows of a key's way to the partner. The relay is measured before and after, as the machine changes."""
    half = KEYS // 4
    floor = relay_times(half, 1)
    before = _stolen()
    times = key_times(KEYS + WARM_UP)[WARM_UP:]
    stolen, all_ticks = (now - then for now, then in zip(_stolen(), before, strict=True))
    floor += relay_times(half, 2)
    rows = []
    for part, goal in GOALS_MS.items():
        value, bare = percentile(times, part), percentile(floor, part)
        name = f"key in one app to the text in the partner's editor, p{part}"
        rows.append(Figure("editor", name, value, "ms", f"bare relay {bare:.2f}", goal))
    rows.append(
        Figure("editor", "key to the partner's editor, slowest", max(times), "ms", f"bare relay {max(floor):.2f}")
    )
    words = "beside it a key waits for whoever has the core"
    rows.append(Figure("editor", "meanwhile, what the host took of our cores", 100 * stolen / all_ticks, "%", words))
    return rows
