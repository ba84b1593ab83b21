"""A plan: what partners do and what goes wrong meanwhile, as a value made from a seed.

A plan can be written to a file, read again and played to the letter. Nothing in a step depends on chance or on time:
a place in a text is a fraction of its length, and what a fault waits for is a number of messages, not of seconds.
"""

import random
from enum import StrEnum
from pathlib import Path

import msgspec

MARKS = ("🍎", "🍐")
"""In everything that is said or written in the first and in the second room: neither may ever be seen in the other."""
PIECES = ("a", "def f():\n", "🧮", "👩‍🚀", "é", "e\u0301", "漢字", "    ", "\n")


OWN_SERVER = 0.4
"""How many plans break more than the network; they need a server process each."""


class Who(StrEnum):
    """The seats. Ana and Ben share a room, Cleo is in another one on the same server."""

    ANA = "ana"
    BEN = "ben"
    CLEO = "cleo"


class Way(StrEnum):
    """Which half of a connection a fault is in."""

    UP = "up"
    """From a client to the server."""
    DOWN = "down"


class Step(msgspec.Struct, frozen=True, tag_field="step", tag=lambda name: name.lower()):
    """One thing that happens."""


class Edit(Step, frozen=True):
    """Somebody writes and erases in one of their documents."""

    who: Who
    document: str
    at: float
    """Where, as a fraction of the text."""
    erase: float
    """How much of what follows, as a fraction of it."""
    insert: str


class Ask(Step, frozen=True):
    """Somebody sends a command; what it is called is in `play.COMMANDS`."""

    who: Who
    command: str


class Show(Step, frozen=True):
    """Somebody's presence changes."""

    who: Who
    typed: int


class Settle(Step, frozen=True):
    """The loop turns so often: what is on its way arrives, or not."""

    turns: int


class Saved(Step, frozen=True):
    """Wait until somebody is told that something is saved, or it is clear that they will not be."""

    who: Who


class Cut(Step, frozen=True):
    """The connection breaks, with what is on its way; it may be after some more messages."""

    who: Who
    way: Way = Way.UP
    after: int = 0


class Hold(Step, frozen=True):
    """Nothing more is read: the sender's buffers fill up."""

    who: Who
    way: Way


class Release(Step, frozen=True):
    """What was held goes on."""

    who: Who
    way: Way


class Repeat(Step, frozen=True):
    """The next so many messages that may come twice come twice."""

    who: Who
    way: Way
    count: int


class Shuffle(Step, frozen=True):
    """The next so many messages overtake one another, but not those of their own document."""

    who: Who
    way: Way
    count: int
    seed: int


class Crash(Step, frozen=True):
    """An app is killed and started again, with what its disk has or with an empty one."""

    who: Who
    keeps: bool


class Kill(Step, frozen=True):
    """kill -9 of a server process."""


class Stop(Step, frozen=True):
    """SIGTERM to a server process."""


class Start(Step, frozen=True):
    """A server process where there is none."""


class Fill(Step, frozen=True):
    """The disk is full (`full`), or refuses every byte beyond what its files have."""

    full: bool


class Free(Step, frozen=True):
    """The disk is as it should be."""


class Jump(Step, frozen=True):
    """The machine's clock is set."""

    seconds: int


class Storage(Step, frozen=True):
    """The storage's own process is killed and started again, where it has one."""


class Quiet(Step, frozen=True):
    """All faults end, everybody comes back, and everything is checked."""


AnyStep = (
    Edit | Ask | Show | Settle | Saved | Cut | Hold | Release | Repeat | Shuffle | Crash
    | Kill | Stop | Start | Fill | Free | Jump | Storage | Quiet
)  # fmt: skip


class Plan(msgspec.Struct, frozen=True):
    """One evening. `storage` is a scheme of the server's `--storage`."""

    seed: int
    storage: str
    paired: bool
    """One pad while the clock runs, else two editors after the reveal."""
    steps: tuple[AnyStep, ...]

    @property
    def needs_own_server(self) -> bool:
        """Whether others on the same server would feel what happens here."""
        return self.has(Kill, Stop, Start, Fill, Free, Jump, Storage)

    def has(self, *kinds: type[Step]) -> bool:
        """Whether such a step is in it."""
        return any(isinstance(step, kinds) for step in self.steps)

    def save(self, folder: Path) -> Path:
        """Write it as `<seed>.json`, for `python -m tests.faults.replay`."""
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"{self.seed}.json"
        path.write_bytes(msgspec.json.format(msgspec.json.encode(self), indent=1))
        return path


def load_plan(path: Path) -> Plan:
    """The plan in a file."""
    return msgspec.json.decode(path.read_bytes(), type=Plan)


def make_plan(seed: int, storage: str | None = None) -> Plan:
    """The plan of this seed; without `storage` it chooses one that needs no other program."""
    chance = random.Random(seed)
    own = chance.random() < OWN_SERVER
    chosen = storage or ("sqlite" if own or chance.random() < 0.7 else "memory")
    return Plan(seed, chosen, chance.random() < 0.4, tuple(_Writer(chance, chosen, own).steps()))


class _Writer:
    """Makes the steps, keeping in mind only what makes a step senseless."""

    def __init__(self, chance: random.Random, storage: str, own: bool) -> None:
        self._chance = chance
        self._own = own and storage != "memory"
        self._has_process = storage == "redis"
        self._is_up = True
        self._is_full = False

    def steps(self) -> list[AnyStep]:
        steps: list[AnyStep] = []
        for _ in range(self._chance.randint(1, 2)):
            for _ in range(self._chance.randint(6, 24)):
                steps += self._next()
            steps.append(Quiet())
            self._is_up, self._is_full = True, False
        return steps

    def _next(self) -> list[AnyStep]:
        roll = self._chance.random()
        if roll < 0.5:
            return [self._edit() for _ in range(self._chance.choice((1, 1, 2, 6)))]
        if roll < 0.62:
            return [self._word()]
        if roll < 0.75:
            return [self._chance.choice((Settle(1), Settle(8), Settle(60), Saved(self._who())))]
        if roll < 0.9 or not self._own:
            return [self._network()]
        return self._machine()

    def _who(self) -> Who:
        return self._chance.choices(tuple(Who), (4, 4, 2))[0]

    def _edit(self) -> AnyStep:
        insert = "".join(self._chance.choices(PIECES, k=self._chance.choice((0, 1, 1, 1, 3))))
        erase = self._chance.random() if self._chance.random() < 0.25 else 0.0
        document = self._chance.choice(("main", "main", "notes", "choosing"))
        return Edit(self._who(), document, round(self._chance.random(), 3), round(erase, 3), insert)

    def _word(self) -> AnyStep:
        if self._chance.random() < 0.4:
            return Show(self._who(), self._chance.randrange(1_000))
        names = ("say", "say", "say", "stuck", "unstuck", "pause", "resume", "extend", "walk", "stop-walk", "claim")
        return Ask(self._who(), self._chance.choice(names))

    def _network(self) -> AnyStep:
        who, way = self._who(), self._chance.choice(tuple(Way))
        count = self._chance.randint(1, 8)
        kinds: tuple[AnyStep, ...] = (
            Cut(who, way, self._chance.choice((0, 0, 1, 2, 5))),
            Hold(who, way),
            Release(who, way),
            Repeat(who, way, count),
            Shuffle(who, way, count, self._chance.randrange(1_000)),
            Crash(who, self._chance.random() < 0.5),
        )
        return self._chance.choices(kinds, (4, 3, 3, 3, 3, 2))[0]

    def _machine(self) -> list[AnyStep]:
        if not self._is_up:
            self._is_up = True
            return [Start()]
        roll = self._chance.random()
        if roll < 0.45:
            # The interesting moment is the one right after an acknowledgement.
            before: list[AnyStep] = [Saved(self._who())] if self._chance.random() < 0.5 else []
            self._is_up = self._chance.random() < 0.6
            return [*before, Kill(), *([Start()] if self._is_up else [])]
        if roll < 0.6:
            self._is_up = False
            return [Stop()]
        if roll < 0.85:
            self._is_full = not self._is_full
            return [Fill(self._chance.random() < 0.6) if self._is_full else Free()]
        if self._has_process and roll < 0.93:
            return [Storage()]
        return [Jump(self._chance.choice((-86_400, -90, 45, 7_200, 400_000)))]
