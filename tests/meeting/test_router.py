"""The router is asked with care, and its answers are told in words."""

import asyncio

import pytest

from sparring.meeting import router as router_module
from sparring.meeting.router import LEASE_SECONDS, MAX_ANSWER_BYTES, Router, RouterTrouble, find_router
from tests.support.fake_router import FakeRouter

SHORT_SECONDS = 0.25
"""For what never answers."""


async def found(fake: FakeRouter) -> Router:
    made = await find_router("127.0.0.1", target=fake.target)
    assert made is not None
    return made


async def test_a_port_is_opened_renewed_and_closed() -> None:
    async with FakeRouter() as fake:
        router = await found(fake)
        assert await router.external_address() == "11.0.0.1"
        mapping = await router.open_port(4242)
        assert (mapping.external_port, mapping.lease_seconds) == (4242, LEASE_SECONDS)
        assert fake.open[4242]["NewInternalClient"] == "127.0.0.1"
        assert fake.open[4242]["NewRemoteHost"] == ""
        fake.open.clear()
        assert await mapping.renew()
        assert 4242 in fake.open
        assert await mapping.remove()
        assert fake.open == {}
        assert not await mapping.remove()


async def test_it_is_renewed_by_itself_also_after_a_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(router_module, "RENEW_SECONDS", 0.0)
    monkeypatch.setattr(router_module, "RETRY_SECONDS", 0.0)
    renewed = asyncio.Event()
    answers = [0, 501, 0]

    def refuse(values: dict[str, str]) -> int:
        if not answers:
            renewed.set()
            return 0
        return answers.pop(0)

    async with FakeRouter(refuse=refuse) as fake:
        mapping = await (await found(fake)).open_port(4242)
        keeping = asyncio.create_task(mapping.renew_for_good())
        await asyncio.wait_for(renewed.wait(), 10)
        keeping.cancel()
        await asyncio.gather(keeping, return_exceptions=True)


async def test_a_port_of_somebody_else_is_left_to_them() -> None:
    async with FakeRouter(refuse=lambda values: 718 if values["NewExternalPort"] == "4242" else 0) as fake:
        mapping = await (await found(fake)).open_port(4242)
        assert mapping.external_port != 4242
        assert fake.open[mapping.external_port]["NewInternalPort"] == "4242"


async def test_a_router_without_leases_opens_it_for_good_and_closes_it_all_the_same() -> None:
    async with FakeRouter(refuse=lambda values: 725 if values["NewLeaseDuration"] != "0" else 0) as fake:
        mapping = await (await found(fake)).open_port(4242)
        assert mapping.lease_seconds == 0
        assert await mapping.remove()
        assert fake.open == {}


@pytest.mark.parametrize(
    ("code", "words"), [(606, "does not allow"), (718, "all ports"), (728, "is full"), (799, "error 799")]
)
async def test_a_no_is_told_in_words(code: int, words: str) -> None:
    async with FakeRouter(refuse=lambda values: code) as fake:
        with pytest.raises(RouterTrouble, match=words):
            await (await found(fake)).open_port(4242)


@pytest.mark.parametrize(
    "description",
    ["", "no xml", "<root/>", "<!DOCTYPE x [<!ENTITY a 'b'>]><root>&a;</root>", "<root>" + "x" * MAX_ANSWER_BYTES],
    ids=["empty", "no xml", "another", "entities", "long"],
)
async def test_what_is_no_router_is_passed_over(description: str) -> None:
    async with FakeRouter(description=description) as fake:
        assert await find_router("127.0.0.1", SHORT_SECONDS, fake.target) is None
        assert fake.asked == []


async def test_nobody_sends_the_app_to_another_machine() -> None:
    for location in ("http://192.0.2.7/device.xml", "file:///etc/passwd", "https://127.0.0.1/x", "http://[oops"):
        async with FakeRouter(location=location) as fake:
            assert await find_router("127.0.0.1", SHORT_SECONDS, fake.target) is None


async def test_an_address_that_is_none_counts_as_none() -> None:
    for external in ("", "0.0.0.0", "somewhere"):
        async with FakeRouter(external=external) as fake:
            assert await (await found(fake)).external_address() == ""
