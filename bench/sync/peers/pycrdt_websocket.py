"""pycrdt-websocket as an ASGI application under uvicorn and uvloop: `pycrdt_websocket.py PORT`."""

import asyncio
import importlib
import sys

# They live in the peers' own virtual environment, where no type checker of ours looks.
uvicorn = importlib.import_module("uvicorn")
uvloop = importlib.import_module("uvloop")
pycrdt_websocket = importlib.import_module("pycrdt.websocket")


async def main(port: int) -> None:
    # Without a handler one client that leaves at the wrong moment ends the whole server.
    async with pycrdt_websocket.WebsocketServer(exception_handler=pycrdt_websocket.exception_logger) as documents:
        config = uvicorn.Config(
            pycrdt_websocket.ASGIServer(documents),
            port=port,
            ws_per_message_deflate=False,
            access_log=False,
            log_level="warning",
            lifespan="off",
        )
        await uvicorn.Server(config).serve()


if __name__ == "__main__":
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(main(int(sys.argv[1])))
