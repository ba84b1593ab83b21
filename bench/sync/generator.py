"""The load generator as a process: commands as lines of JSON on standard input, an answer to each on standard output.

`python -m bench.sync.generator CORE`. It has clients on several servers at once, and loads one at a time.
"""

import gc
import json
import os
import sys
import time
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pycrdt

from bench.sync import scripts
from bench.sync.client import Refused
from bench.sync.load import Load, allow_many_sockets
from bench.sync.scripts import Script
from bench.sync.search import greatest_rate
from sparring_server.protocol.lib0 import Reader

A_CONNECTION = 3_000
"""Updates of one connection to our server, well within what it lets one send without a pause. No peer has such a limit,
and pycrdt-websocket delivers nothing more in a room whose writer came back."""


class Generator:
    """Commands are the methods that begin with `do_`; each names the server that it is for."""

    def __init__(self) -> None:
        self._loads: dict[str, Load] = {}
        self._scripts: dict[tuple[str, str], Script] = {}

    def do(self, command: dict[str, Any]) -> Any:
        for load in self._loads.values():
            load.idle()
        verb = command.pop("do")
        return getattr(self, f"do_{verb}")(**command)

    def do_open(self, name: str, port: int, speech: Any, pid: int) -> None:
        self._loads[name] = Load("127.0.0.1", port, speech, pid)

    def do_connect(self, name: str, rooms: int, afresh: bool = False) -> float:
        """Seconds that it took to have so many rooms."""
        load = self._loads[name]
        if afresh:
            load.disconnect()
            self._forget(name)
        begin = time.perf_counter()
        load.connect(rooms)
        return time.perf_counter() - begin

    def do_run(
        self, name: str, rooms: int, rate: float, warm_up: float, seconds: float, cool_down: float, trace: str = ""
    ) -> dict[str, Any]:
        """An `Outcome` of one person's typing, or of the recorded evening in `trace`."""
        key = (name, trace)
        if key not in self._scripts:
            self._scripts[key] = scripts.recorded(Path(trace)) if trace else scripts.Typing()
        return self._loads[name].run(rooms, rate, warm_up, seconds, self._scripts[key], cool_down).as_dict()

    def do_search(
        self, name: str, rooms: int, first: float, step_seconds: float, budget_seconds: float
    ) -> dict[str, Any]:
        return asdict(greatest_rate(self._loads[name], rooms, first, step_seconds, budget_seconds))

    def do_fill(self, name: str) -> None:
        """10 KB of text into every room."""
        self._loads[name].type_all(scripts.pieces())

    def do_load_document(self, name: str, file: str) -> None:
        """A long document into the only room, edit by edit; its writer comes back where one may not send so much."""
        load = self._loads[name]
        load.disconnect()
        load.connect(1)
        script = scripts.from_file(Path(file))
        self._scripts[name, "document"] = script
        writer, reader = load.rooms[0]
        while writer.position < len(script.order):
            load.type_all(script, most=A_CONNECTION if load.speech == "sparring" else len(script.order))
            if writer.position == len(script.order):
                break
            again = load.join(writer.seat)
            load.until(lambda again=again: again.is_admitted, "the writer was not let in again")
            again.resume(writer)
            again.partner, reader.partner = reader, again
            load.leave(writer)
            writer = again
            load.rooms[0] = (writer, reader)

    def do_join(self, name: str, characters: int) -> float:
        """Milliseconds from a step 1 to the whole step 2 of a client that comes anew, after somebody typed once."""
        load = self._loads[name]
        _, reader = load.rooms[0]
        typing = self._scripts.setdefault((name, "join"), scripts.Typing())
        typing.at_least(2 * (reader.position + 1))
        typing.make_frames(len(reader.seat.prefix))
        reader.type_one(typing, 1, time.perf_counter())
        load.until(lambda: load.is_quiet, "an update was not delivered")
        comer = load.join(load.rooms[0][0].seat)
        comer.partner = reader
        load.until(lambda: comer.is_admitted, "the one who joins was not let in")
        begin = time.perf_counter()
        comer.ask()
        load.until(lambda: comer.step2 is not None, "step 1 was not answered")
        taken = (time.perf_counter() - begin) * 1000
        found = _characters(*comer.before_step2, comer.step2 or b"")
        if found != characters + reader.position:
            raise Refused(f"who joined has {found} characters, not {characters + reader.position}")
        load.leave(comer)
        return taken

    def do_close(self, name: str) -> None:
        self._loads.pop(name).disconnect()
        self._forget(name)

    def _forget(self, name: str) -> None:
        for key in [key for key in self._scripts if key[0] == name]:
            del self._scripts[key]


def _characters(*answer: bytes) -> int:
    document: pycrdt.Doc[pycrdt.Text] = pycrdt.Doc()
    for part in answer:
        document.apply_update(Reader(part).var_bytes(len(part)))
    return len(document.get(scripts.TEXT, type=pycrdt.Text))


def main(core: int) -> None:
    os.sched_setaffinity(0, {core})
    allow_many_sockets()
    # What is made while a load runs has no cycles; a collection would only make the generator late.
    gc.disable()
    generator = Generator()
    for line in sys.stdin:
        try:
            answer = {"result": generator.do(json.loads(line))}
        except (Refused, OSError, ValueError, LookupError) as error:
            answer = {"error": f"{error}" or type(error).__name__}
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(int(sys.argv[1]))
