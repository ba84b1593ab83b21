"""What is told of a seat: old apps' words are understood, and defaults are not said."""

import msgspec

from sparring.live.presence import Activity, SessionPresence
from sparring_server.protocol import frames
from sparring_server.protocol.presence import Presence, decode_presences, encode_presences


def test_an_app_of_before_is_understood() -> None:
    presence = SessionPresence(Activity("ana-ana-ana-ana-", "Ana"))
    old = b'{"member": "ben-ben-ben-ben-", "name": "Ben", "lines": 12, "from_a_later_version": [1]}'
    presence.receive(encode_presences([Presence(7, 1, old.decode())]))
    seen = presence.of("ben-ben-ben-ben-")
    assert seen == Activity("ben-ben-ben-ben-", "Ben", lines=12, completion=True, writing_board=False, round_trip_ms=0)


def test_only_what_is_unusual_is_said() -> None:
    sent: list[bytes] = []
    presence = SessionPresence(Activity("ana-ana-ana-ana-", "Ana"))
    presence.update(completion=False)
    presence.attach(sent.append)
    frame = frames.decode(sent[0])
    assert isinstance(frame, frames.Awareness)
    (entry,) = decode_presences(frame.update)
    assert msgspec.json.decode(entry.state) == {"member": "ana-ana-ana-ana-", "name": "Ana", "completion": False}
