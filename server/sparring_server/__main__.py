"""`sparring-server`: the sync server on its own."""

import argparse
import asyncio
import contextlib
import logging
import os
import signal
import sys
from collections.abc import Callable, Sequence

from sparring_server import __version__
from sparring_server.config import TEST_MODE_VARIABLE, ConfigError, ServerConfig
from sparring_server.gateway import ListenError, make_server
from sparring_server.storage import StorageError

EXIT_USAGE = 2
EXIT_CANNOT_SERVE = 1


def make_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="sparring-server",
        description="The sync server of Sparring: relays two partners' session, keeps its time and guards its doors.",
    )
    parser.add_argument("--version", action="version", version=f"%(prog)s {__version__}")
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: %(default)s)")
    parser.add_argument("--port", type=int, default=8765, help="port; 0 for any free one (default: %(default)s)")
    parser.add_argument(
        "--storage",
        default="sqlite:sparring-rooms.db",
        help="where rooms live: sqlite:PATH, or memory: (default: %(default)s)",
    )
    parser.add_argument("--log-level", default="info", choices=["debug", "info", "warning", "error"])
    parser.add_argument(
        "--stop-with-stdin",
        action="store_true",
        help="end when standard input ends: for the server that an app hosts, so that it never outlives it",
    )
    parser.add_argument(
        "--clock-rate", type=float, default=1.0, help=argparse.SUPPRESS
    )  # compressed time, for the demo and tests
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    options = make_parser().parse_args(arguments)
    logging.basicConfig(
        level=options.log_level.upper(), format="%(asctime)s %(levelname)s %(name)s: %(message)s", stream=sys.stderr
    )
    # Handshake noise of the websocket library is not the operator's business.
    logging.getLogger("sparring_server.websockets").setLevel(logging.WARNING)
    try:
        config = ServerConfig(
            host=options.host,
            port=options.port,
            storage=options.storage,
            clock_rate=options.clock_rate,
            test_mode=os.environ.get(TEST_MODE_VARIABLE) == "1",
        )
        with asyncio.Runner(loop_factory=_loop_factory()) as runner:
            runner.run(_run(config, options.stop_with_stdin))
    except ConfigError as error:
        return _complain(str(error), EXIT_USAGE)
    except (ListenError, StorageError) as error:
        return _complain(str(error), EXIT_CANNOT_SERVE)
    return 0


async def _run(config: ServerConfig, stop_with_stdin: bool) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        with contextlib.suppress(NotImplementedError):
            loop.add_signal_handler(number, stop.set)
    if stop_with_stdin:
        _watch_stdin(loop, stop)
    async with make_server(config) as server:
        sys.stdout.write(f"sparring-server listening on {server.address}\n")
        sys.stdout.flush()
        await stop.wait()


def _loop_factory() -> Callable[[], asyncio.AbstractEventLoop] | None:
    """uvloop's where there is one: it is not for Windows."""
    try:
        import uvloop
    except ImportError:
        return None
    return uvloop.new_event_loop


def _watch_stdin(loop: asyncio.AbstractEventLoop, stop: asyncio.Event) -> None:
    """A thread, since standard input may be a file, a pipe or a terminal on any platform."""
    import threading

    def wait_for_end() -> None:
        while sys.stdin.buffer.read(1024):
            pass
        with contextlib.suppress(RuntimeError):
            loop.call_soon_threadsafe(stop.set)

    threading.Thread(target=wait_for_end, name="stdin", daemon=True).start()


def _complain(sentence: str, code: int) -> int:
    sys.stderr.write(f"sparring-server: {sentence}\n")
    return code


if __name__ == "__main__":
    sys.exit(main())
