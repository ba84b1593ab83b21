"""Doors open for the right secret and key only, waits grow and end, and a changed secret shuts out who has no seat."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sparring_server.doors import Denied, Doors, FailedTries, OpeningKey, Openings, Waits
from sparring_server.protocol import limits, names
from sparring_server.protocol.token import Credentials, Denial

SECOND, MINUTE = 1_000, 60_000


def credentials(secret: str, **changes: object) -> Credentials:
    values: dict[str, object] = {"member": names.new_id(), "key": names.new_secret(), **changes}
    return Credentials(secret=secret, **values)  # type: ignore[arg-type]


def as_member(one: Credentials, **changes: object) -> Credentials:
    values = {"secret": one.secret, "member": one.member, "key": one.key, "role": one.role, **changes}
    return Credentials(**values)  # type: ignore[arg-type]


def why_denied(doors: Doors, one: Credentials) -> Denial | None:
    try:
        doors.admit(one)
    except Denied as denied:
        return denied.denial
    return None


def test_an_observer_cannot_make_a_member_of_themselves() -> None:
    ana = credentials(names.new_secret(), open=True)
    doors = Doors.of_new_room(ana).admit(ana).admit(credentials(ana.secret))
    eve = credentials(ana.secret, role="observer")
    doors = doors.admit(eve)
    assert why_denied(doors, as_member(eve, role="member")) is Denial.NOT_ALLOWED
    assert why_denied(doors, as_member(ana, role="observer")) is Denial.NOT_ALLOWED


def test_after_a_change_of_the_secret_only_those_with_a_seat_come_in_with_the_old_one() -> None:
    ana = credentials(names.new_secret(), open=True)
    ben, eve = credentials(ana.secret), credentials(ana.secret, role="observer")
    doors = Doors.of_new_room(ana).admit(ana).admit(ben).admit(eve)
    new = names.new_secret()
    after = doors.rotate(new, removed=ben.member)
    assert after.is_current(new)
    assert not after.is_current(ana.secret)
    assert why_denied(after, ana) is None
    assert why_denied(after, as_member(ana, secret=new)) is None
    assert why_denied(after, eve) is None
    # The one who was removed: as themselves, as somebody new, as somebody who remains.
    assert why_denied(after, ben) is Denial.WRONG_SECRET
    assert why_denied(after, credentials(ana.secret)) is Denial.WRONG_SECRET
    assert why_denied(after, as_member(ben, member=ana.member)) is Denial.WRONG_MEMBER_KEY
    assert why_denied(after, as_member(ana, secret=names.new_secret())) is Denial.WRONG_SECRET
    # Their seat is free for whoever gets the new link.
    assert why_denied(after, credentials(new)) is None
    for shown in (repr(after), str(after)):
        assert new not in shown


def test_only_so_many_former_secrets_are_kept() -> None:
    ana = credentials(names.new_secret(), open=True)
    doors = Doors.of_new_room(ana).admit(ana)
    for _ in range(limits.FORMER_SECRETS):
        doors = doors.rotate(names.new_secret())
    assert why_denied(doors, ana) is None
    doors = doors.rotate(names.new_secret())
    assert len(doors.former) == limits.FORMER_SECRETS
    assert why_denied(doors, ana) is Denial.WRONG_SECRET


def test_a_public_server_wants_its_access_key() -> None:
    one = credentials(names.new_secret(), open=True)
    OpeningKey().check(one)
    opening = OpeningKey("club of 2026")
    opening.check(as_member(one, access="club of 2026"))
    for wrong in ("", "club of 2025"):
        with pytest.raises(Denied) as caught:
            opening.check(as_member(one, access=wrong))
        assert caught.value.denial is Denial.ACCESS_KEY
    assert "club of 2026" not in repr(vars(opening)) + repr(as_member(one, access="club of 2026"))


def test_who_guesses_waits_longer_each_time_and_is_forgotten_in_the_end() -> None:
    tries = FailedTries()
    now = 0.0
    for _ in range(limits.FREE_TRIES_PER_ADDRESS):
        assert not tries.is_locked_out("10.0.0.1", now)
        tries.failed("10.0.0.1", now)
    tries.failed("10.0.0.1", now)
    assert tries.is_locked_out("10.0.0.1", 999)
    assert not tries.is_locked_out("10.0.0.2", 999)
    assert not tries.is_locked_out("10.0.0.1", 1_000)
    tries.failed("10.0.0.1", 1_000)
    assert tries.is_locked_out("10.0.0.1", 2_999)
    assert not tries.is_locked_out("10.0.0.1", 3_000)
    tries.failed("10.0.0.1", 3_000 + limits.FORGET_TRIES_MS)
    assert not tries.is_locked_out("10.0.0.1", 3_001 + limits.FORGET_TRIES_MS)


def test_many_addresses_at_one_door_wait_too_but_not_those_who_came_in_before() -> None:
    tries = FailedTries()
    tries.came_in("10.0.0.9", "room")
    for guess in range(limits.FREE_TRIES_PER_ROOM + 1):
        tries.failed(f"10.1.0.{guess}", 0, "room")
    assert tries.is_locked_out("10.2.0.1", 0, "room")
    assert not tries.is_locked_out("10.2.0.1", 0, "another room")
    assert not tries.is_locked_out("10.0.0.9", 0, "room")
    assert not tries.is_locked_out("10.2.0.1", limits.LONGEST_WAIT_OF_ROOM_MS, "room")


@given(st.lists(st.tuples(st.sampled_from("abcdef"), st.integers(0, 40 * MINUTE)), max_size=80))
@settings(max_examples=100)
def test_waits_are_bounded_grow_and_never_hit_the_innocent(plan: list[tuple[str, int]]) -> None:
    free, longest, remembered = 3, 15 * MINUTE, 4
    waits = Waits(free, longest, remembered)
    now = 0.0
    failed: dict[str, list[float]] = {}
    for key, pause_ms in plan:
        now += pause_ms
        before_ms = waits.ends_ms(key, now) - now
        if before_ms:
            continue
        waits.forget(now)
        waits.failed(key, now)
        failed.setdefault(key, []).append(now)
        assert len(waits) <= remembered
        after_ms = waits.ends_ms(key, now) - now
        assert 0 <= after_ms <= longest
        if len(failed[key]) <= free:
            assert after_ms == 0
        recent = [at for at in failed[key] if now - at < limits.FORGET_TRIES_MS]
        if len(failed) <= remembered and len(recent) == len(failed[key]) > free:
            assert after_ms == min(longest, SECOND * 2 ** (len(recent) - free - 1))
        for other in "abcdef":
            assert other in failed or waits.ends_ms(other, now) == now
        assert waits.ends_ms(key, now + longest) == now + longest
    waits.forget(now + limits.FORGET_TRIES_MS)
    assert len(waits) == 0


def test_an_address_opens_so_many_rooms_and_then_a_few_an_hour() -> None:
    openings = Openings()
    now = 0.0
    for _ in range(limits.ROOMS_OPENED_BURST):
        openings.take("198.51.100.1", now)
    for _ in range(3):
        with pytest.raises(Denied, match="server-full"):
            openings.take("198.51.100.1", now)
    openings.take("198.51.100.2", now)
    for here in ("127.0.0.1", "::/64"):
        for _ in range(limits.ROOMS_OPENED_BURST + 1):
            openings.take(here, now)
    hour = 60 * MINUTE
    opened = 0
    for step in range(1, 4 * limits.ROOMS_OPENED_PER_HOUR):
        try:
            openings.take("198.51.100.1", step * hour / (2 * limits.ROOMS_OPENED_PER_HOUR))
            opened += 1
        except Denied:
            pass
    assert opened == pytest.approx(2 * limits.ROOMS_OPENED_PER_HOUR, abs=2)
