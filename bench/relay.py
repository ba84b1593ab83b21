"""The floor: a websocket server that sends every message to everybody else in its path, and does nothing more."""

import asyncio
import sys
from collections import defaultdict

from websockets.asyncio.server import ServerConnection, broadcast, serve


async def main() -> None:
    rooms: dict[str, set[ServerConnection]] = defaultdict(set)

    async def relay(client: ServerConnection) -> None:
        assert client.request is not None
        room = rooms[client.request.path]
        room.add(client)
        try:
            async for message in client:
                broadcast(room - {client}, message)
        finally:
            room.discard(client)

    async with serve(relay, "127.0.0.1", 0, compression=None) as server:
        port = next(iter(server.sockets)).getsockname()[1]
        sys.stdout.write(f"relay listening on ws://127.0.0.1:{port}\n")
        sys.stdout.flush()
        await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main())
