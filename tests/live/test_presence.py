"""What is told of a seat: old apps' words are understood, and defaults are not said."""

from pathlib import Path

import msgspec

import sparring_server
from sparring.live.presence import Activity, Cursor, SessionPresence
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


def test_every_field_is_in_the_specification() -> None:
    text = (Path(sparring_server.__file__).parent / "PROTOCOL.md").read_text()
    _, _, rest = text.partition("## Presence")
    table, _, _ = rest.partition("\n## ")
    for field in (*Activity.__struct_fields__, *Cursor.__struct_fields__):
        assert f"`{field}`" in table
