"""What stands in packaging/: the image's parts are there, and the load balancer's settings do what they say."""

import ast
import asyncio
import re
import shutil
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
import yaml

from sparring.live.connection import LinkState
from sparring_server.protocol import messages
from sparring_server.settings import SETTINGS
from tests.support.partners import Room
from tests.support.processes import SharingServer, sharing_servers
from tests.support.redis_server import running_redis
from tests.support.waiting import until

ROOT = Path(__file__).parent.parent
PACKAGING = ROOT / "packaging"
PATIENCE_SECONDS = 20.0
_PIN = re.compile(r"^([A-Za-z0-9._-]+)==(\S+)", re.MULTILINE)


def pins(path: Path) -> dict[str, str]:
    return dict(_PIN.findall(path.read_text()))


def test_the_image_has_what_the_server_imports_in_the_versions_that_were_tested() -> None:
    wanted = {
        line.partition(";")[0].strip()
        for line in (PACKAGING / "server-requirements.in").read_text().splitlines()
        if line and not line.startswith("#")
    }
    pinned = pins(PACKAGING / "server-requirements.txt")
    assert wanted <= pinned.keys()
    everywhere = pins(ROOT / "requirements.txt")
    assert {name: everywhere.get(name) for name in pinned} == pinned
    imported: set[str] = set()
    for path in (ROOT / "server" / "sparring_server").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Import):
                imported |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                imported.add(node.module.partition(".")[0])
    foreign = {name.replace("_", "-") for name in imported - sys.stdlib_module_names - {"sparring_server"}}
    assert foreign <= wanted


def test_the_image_copies_what_is_there() -> None:
    lines = (PACKAGING / "Dockerfile").read_text().splitlines()
    copied = [line.split()[1] for line in lines if line.startswith("COPY ") and "--from" not in line]
    assert copied
    for source in copied:
        assert (ROOT / source).exists(), source
    assert any(line.startswith("USER ") and line != "USER root" for line in lines)
    variables = {setting.variable for setting in SETTINGS}
    assert set(re.findall(r"SPARRING_SERVER_[A-Z_]+", "\n".join(lines))) <= variables


def test_the_services_fit_together() -> None:
    compose = yaml.safe_load((PACKAGING / "compose.yaml").read_text())
    services = compose["services"]
    servers = {name for name, service in services.items() if service.get("image") == "sparring-server"}
    assert len(servers) == 2
    variables = {setting.variable for setting in SETTINGS}
    for name in servers:
        environment = services[name]["environment"]
        assert environment.keys() <= variables
        assert environment["SPARRING_SERVER_STORAGE"].startswith("redis://redis:")
        assert services[name]["build"]["dockerfile"] == "packaging/Dockerfile"
        assert float(environment["SPARRING_SERVER_DRAIN_SECONDS"]) + 10 < int(services[name]["stop_grace_period"][:-1])
    redis = " ".join(services["redis"]["command"])
    assert "--appendonly yes" in redis
    assert "--appendfsync always" in redis
    balanced = re.findall(r"^ +server \w+ ([\w-]+):(\d+)", (PACKAGING / "haproxy.cfg").read_text(), re.MULTILINE)
    assert {name for name, _ in balanced} == servers
    assert {port for _, port in balanced} == {"8765"}


# The load balancer for real.


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port: int = free.getsockname()[1]
        return port


@asynccontextmanager
async def running_haproxy(folder: Path, servers: list[SharingServer]) -> AsyncIterator[int]:
    """HAProxy with our settings, in which only the addresses are those of this machine."""
    program = shutil.which("haproxy") or shutil.which("/usr/sbin/haproxy")
    if program is None:
        pytest.skip("needs haproxy (scripts/setup test installs it on Debian)")
    port = free_port()
    text = (PACKAGING / "haproxy.cfg").read_text().replace("bind :8765", f"bind 127.0.0.1:{port}")
    for name, server in zip(("server-a", "server-b"), servers, strict=True):
        text = text.replace(f"{name}:8765", f"127.0.0.1:{server.port}")
    settings = folder / "haproxy.cfg"
    settings.write_text(text)
    process = await asyncio.create_subprocess_exec(
        program, "-db", "-f", str(settings), stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT
    )
    assert process.stdout is not None
    said = asyncio.create_task(process.stdout.read())
    try:
        yield port
    finally:
        process.terminate()
        await asyncio.wait_for(process.wait(), PATIENCE_SECONDS)
        await said


async def asked(port: int, path: str) -> int:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(f"GET {path} HTTP/1.1\r\nHost: sparring\r\nConnection: close\r\n\r\n".encode())
    status = int((await asyncio.wait_for(reader.read(), PATIENCE_SECONDS)).split()[1])
    writer.close()
    return status


async def test_the_load_balancer_brings_partners_together_and_past_a_dead_server(tmp_path: Path) -> None:
    async with (
        running_redis(tmp_path / "redis") as redis,
        sharing_servers(redis.url, 2, "--metrics") as servers,
        running_haproxy(tmp_path, servers) as port,
    ):
        room = Room(port)
        ana, ben = await room.both()
        assert await asked(port, "/healthz") == 200
        assert await asked(port, "/metrics") == 404
        crowded = [server for server in servers if await server.figure("sparring_connections") > 0]
        assert len(crowded) == 1
        assert await crowded[0].figure("sparring_connections") == 2
        await crowded[0].kill()
        await until(lambda: ana.session.link is LinkState.RECONNECTING, ana.session.link_changed)
        await asyncio.gather(ana.is_online(), ben.is_online())
        ana.session.send(messages.Say(text="still here"))
        await ben.hears(messages.Said)
        await room.close()
