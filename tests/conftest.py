"""What all tests share."""

import os
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from hypothesis import settings

from sparring_server.config import ServerConfig
from sparring_server.gateway import Gateway, make_server
from tests.support.partners import Room

# Windows are drawn, grabbed and typed into, but never shown.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
# Whoever hosts in a test does it for this machine, and asks no network anything.
os.environ.setdefault("SPARRING_HOST_ADDRESS", "127.0.0.1")

# How long an example takes is measured elsewhere, never asserted; a busy machine is no failure.
settings.register_profile("sparring", deadline=None)
settings.load_profile("sparring")


@pytest.fixture
async def server(tmp_path: Path) -> AsyncIterator[Gateway]:
    """A real server on a free port, with its rooms in a file."""
    async with make_server(ServerConfig(storage=f"sqlite:{tmp_path}/rooms.db")) as running:
        yield running


@pytest.fixture
async def room(server: Gateway) -> AsyncIterator[Room]:
    """A room on that server; whoever enters is gone after the test."""
    made = Room(server.port)
    yield made
    await made.close()
