"""Who hosts is told to the network: a name and a room, and nothing that opens it."""

import asyncio

import pytest
from zeroconf.asyncio import AsyncServiceInfo

from sparring.meeting.announcing import (
    MAX_NAME_LENGTH,
    SERVICE_TYPE,
    Announcement,
    Nearby,
    Neighbourhood,
    _read,
)
from sparring_server.protocol import names


def info(room: str, /, **properties: str) -> AsyncServiceInfo:
    return AsyncServiceInfo(SERVICE_TYPE, f"{room}.{SERVICE_TYPE}", port=4242, properties=properties,
                            parsed_addresses=["192.0.2.7"])  # fmt: skip


def test_what_a_stranger_announces_is_read_with_care() -> None:
    room = names.new_id()
    assert _read(info(room, format="1", name="Ana")) == Nearby(room, "Ana", 4242, ("192.0.2.7",))
    long = _read(info(room, format="1", name="A\u202e\n\x07b" + "x" * 200))
    assert long is not None
    assert long.name == ("Ab" + "x" * 200)[:MAX_NAME_LENGTH]
    nameless = _read(info(room, format="1"))
    assert nameless is not None
    assert nameless.name == "Somebody"
    assert _read(info(room, format="99", name="Ana")) is None
    assert _read(info("Ana", format="1", name="Ana")) is None


async def test_partners_on_one_machine_see_each_other() -> None:
    room, changed = names.new_id(), asyncio.Event()
    ben = Neighbourhood(lambda found: changed.set())
    ana = Neighbourhood(lambda found: None)

    async def sees(*wanted: str) -> None:
        """Others may be testing on this machine at the same time."""
        while [one.name for one in ben.nearby if one.room == room] != list(wanted):
            await asyncio.wait_for(changed.wait(), 10)
            changed.clear()

    try:
        for one in (ana, ben):
            await one.open(["127.0.0.1"])
        await ana.announce(Announcement(room, "Ana", 4242, ("127.0.0.1",)))
        await sees("Ana")
        assert room not in [one.room for one in ana.nearby]
        await ana.withdraw()
        await sees()
    finally:
        await ana.close()
        await ben.close()


async def test_without_a_network_closing_twice_and_telling_after_it_do_nothing() -> None:
    one = Neighbourhood(lambda found: pytest.fail("nobody was there"))
    await one.open([])
    await one.close()
    await one.announce(Announcement(names.new_id(), "Ana", 4242, ("127.0.0.1",)))
    await one.close()
    assert one.nearby == ()
