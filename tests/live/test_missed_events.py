"""Events that arrive out of their time: each is told once and in order."""

import msgspec

from sparring.live.session import LiveSession
from sparring_server.protocol import frames, messages, names
from sparring_server.protocol.view import RoomView
from tests.support.partners import new_invite, new_seat


class Heard:
    """A session without a socket, and the numbers that it tells of."""

    def __init__(self) -> None:
        self.session = LiveSession(new_invite(1), new_seat("Ana"))
        self.numbers: list[int] = []
        self.session.happened.connect(lambda event: self.numbers.append(event.number))

    def take(self, *notices: messages.Notice) -> None:
        for notice in notices:
            text = messages.encode_message(notice)
            self.session._received(frames.Stateless(names.SESSION_DOCUMENT, text))


def view(number: int) -> RoomView:
    return msgspec.structs.replace(RoomView(), number=number)


def event(number: int) -> messages.Event:
    return messages.Event(number, 1_000 + number, "ana", messages.Said(str(number)), view(number))


async def test_what_happens_while_catching_up_is_told_after_what_was_missed() -> None:
    ana = Heard()
    ana.take(messages.Snapshot(view(3), 0.0), event(4), event(5))
    assert ana.numbers == []
    # What comes early is shown at once all the same.
    assert ana.session.view == view(5)
    ana.take(messages.Missed((event(1), event(2)), True), messages.Missed((event(3), event(4)), True))
    assert ana.numbers == [1, 2, 3, 4, 5]
    ana.take(event(5), event(6))
    assert ana.numbers == [1, 2, 3, 4, 5, 6]


async def test_events_that_the_room_no_longer_has_are_no_obstacle() -> None:
    ana = Heard()
    ana.take(messages.Snapshot(view(2_003), 0.0), event(2_004))
    ana.take(messages.Missed(tuple(event(number) for number in (2_002, 2_003, 2_004)), False))
    assert ana.numbers == [2_002, 2_003, 2_004]


async def test_an_early_event_of_a_lost_connection_comes_again() -> None:
    ana = Heard()
    ana.take(messages.Snapshot(view(1), 0.0), event(2))
    ana.session._lost()
    ana.take(messages.Snapshot(view(2), 0.0), messages.Missed((event(1), event(2)), True))
    assert ana.numbers == [1, 2]
