"""`sparring-server`: the sync server on its own."""

import asyncio
import contextlib
import signal
import sys
from collections.abc import Callable, Sequence

from sparring_server import logs
from sparring_server.config import ConfigError, ServerConfig
from sparring_server.free_memory import keep_giving_back
from sparring_server.gateway import ListenError, make_server
from sparring_server.settings import environment_of_process, read_config
from sparring_server.storage import StorageError
from sparring_server.tls import Certificate, TlsError, tell_handshakes_quietly

EXIT_USAGE = 2
EXIT_CANNOT_SERVE = 1


def main(arguments: Sequence[str] | None = None) -> int:
    try:
        config, stop_with_stdin = read_config(arguments, environment_of_process())
        logs.tell(config.log_level, config.log_format)
        with asyncio.Runner(loop_factory=_loop_factory()) as runner:
            runner.run(_run(config, stop_with_stdin))
    except ConfigError as error:
        return _complain(str(error), EXIT_USAGE)
    except (ListenError, StorageError, TlsError) as error:
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
    loop.set_exception_handler(tell_handshakes_quietly)
    async with make_server(config) as server:
        if server.certificate is not None:
            _reload_on_hangup(loop, server.certificate)
            if config.tls_self_signed:
                sys.stdout.write(f"sparring-server certificate {server.certificate.pin}\n")
        sys.stdout.write(f"sparring-server listening on {server.address}\n")
        sys.stdout.flush()
        giving_back = asyncio.create_task(keep_giving_back())
        await stop.wait()
        giving_back.cancel()


def _reload_on_hangup(loop: asyncio.AbstractEventLoop, certificate: Certificate) -> None:
    """SIGHUP: the certificate's files have changed."""
    with contextlib.suppress(NotImplementedError, AttributeError):
        loop.add_signal_handler(signal.SIGHUP, certificate.reload)


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
