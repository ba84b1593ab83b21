"""The floor: sends every message to everybody else on its path and does nothing more.

`relay.py PORT --layer websockets|picows --send await|broadcast`, always on uvloop. picows brings a drop-in of the
websockets library, so both layers run the same lines.
"""

import argparse
import asyncio
import importlib
from collections import defaultdict
from typing import Any

# They live in the peers' own virtual environment, where no type checker of ours looks.
uvloop = importlib.import_module("uvloop")
LAYERS = {"websockets": "websockets.asyncio.server", "picows": "picows.websockets.asyncio.server"}


async def main(port: int, layer: Any, send: str) -> None:
    rooms: dict[str, set[Any]] = defaultdict(set)

    async def relay(client: Any) -> None:
        path = client.request.path
        room = rooms[path]
        room.add(client)
        try:
            if send == "await":
                async for message in client:
                    for other in room:
                        if other is not client:
                            await other.send(message)
            else:
                async for message in client:
                    layer.broadcast(room - {client}, message)
        finally:
            room.discard(client)
            if not room:
                rooms.pop(path, None)

    async with layer.serve(relay, "127.0.0.1", port, compression=None):
        await asyncio.Event().wait()


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("port", type=int)
    parser.add_argument("--layer", choices=LAYERS, default="websockets")
    parser.add_argument("--send", choices=("await", "broadcast"), default="await")
    options = parser.parse_args()
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(main(options.port, importlib.import_module(LAYERS[options.layer]), options.send))
