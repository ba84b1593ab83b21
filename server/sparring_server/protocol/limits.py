"""Every bound of the wire, named. Breaking one closes that connection with a code and a reason."""

# One frame.
MAX_FRAME_BYTES = 1_048_576
"""A whole websocket message. A session's largest honest frame is a step 2 of a long document."""
MAX_ANSWER_BYTES = 20_971_520
"""What a client takes from its server in one message: a step 2 holds all of a document (`MAX_DOCUMENT_BYTES`)."""
MAX_DOCUMENT_NAME_BYTES = 256
MAX_MESSAGE_BYTES = MAX_FRAME_BYTES + MAX_DOCUMENT_NAME_BYTES + 16
"""A websocket message, with what is around the frame's payload."""
MAX_FRAGMENTS = 1_024
"""Pieces that one websocket message may come in."""
MAX_TOKEN_BYTES = 2_048
MAX_STATELESS_BYTES = 32_768
MAX_AWARENESS_BYTES = 8_192

# One connection.
UNAUTHENTICATED_SECONDS = 10.0
"""How long a connection may stay without one successful token."""
UNAUTHENTICATED_BYTES = 65_536
UNAUTHENTICATED_FRAMES = 64
MAX_DOCUMENTS_PER_CONNECTION = 224
"""Six documents in each of 32 rounds and the session itself, with room to spare: a long evening is one connection."""
MAX_DENIED_TOKENS_PER_CONNECTION = 8
MAX_UNSENT_BYTES = 8_388_608
"""What may wait for one slow reader before it is cut; it comes back and syncs."""
COMMANDS_PER_SECOND = 20
COMMANDS_BURST = 60
UPDATES_PER_SECOND = 400
"""Typing is ten a second; a paste is one. Beyond this somebody floods."""
UPDATES_BURST = 4_000
OTHER_FRAMES_PER_SECOND = 50
"""Whatever is neither an update, presence nor a command: step 1, queries, pings."""
OTHER_FRAMES_BURST = 1_000
MAX_BACKLOG_BYTES = 2_097_152
"""What may line up behind a command or a door of one connection before its socket is read no further."""
MAX_PRESENCES_PER_CONNECTION = 32
"""Yjs clients that one connection speaks for in one document; a program has one. Further ones are not shown."""
KEEPALIVE_SECONDS = 10.0
"""A provider gives up a socket that was silent for 30 s, so a ping goes out three times as often."""

# One address. What is said of wrong tries goes for wrong secrets, member keys, access keys and rooms that do not exist.
FREE_TRIES_PER_ADDRESS = 10
"""Wrong tries before the first wait."""
FREE_TRIES_PER_ROOM = 50
"""From everywhere together. More than of one address, since who only knows a room's id could shut its door."""
FIRST_WAIT_MS = 1_000
"""After the first wrong try too many every token is refused for so long; each further one doubles it."""
LONGEST_WAIT_OF_ADDRESS_MS = 900_000
LONGEST_WAIT_OF_ROOM_MS = 30_000
FORGET_TRIES_MS = 3_600_000
"""So long after the last wrong try all is forgotten."""
MAX_REMEMBERED_ADDRESSES = 10_000
MAX_REMEMBERED_ROOMS = 10_000
ROOMS_OPENED_BURST = 200
"""New rooms that one address may open at once: a school is one address, and so is somebody who fills a disk."""
ROOMS_OPENED_PER_HOUR = 200
MAX_CONNECTIONS_PER_ADDRESS = 256

# One room.
ROOM_DAYS = 30
"""A room in which nothing has changed for so long is forgotten, unless the server's settings say otherwise."""
FORMER_SECRETS = 8
"""With so many replaced secrets of a room its members still find their own seats."""
MEMBERS_PER_ROOM = 2
OBSERVERS_PER_ROOM = 8
MAX_DOCUMENTS_PER_ROOM = 256
MAX_DOCUMENT_BYTES = 16_777_216
MAX_ROOM_BYTES = 67_108_864
"""Of all its documents together: as much as four that are full."""
MAX_EVENTS_KEPT = 1_000
"""Numbered events a room keeps for those who come back and ask what they missed."""
MAX_MISSED_BYTES = 262_144
"""Of events in one `missed`; longer answers come in several, each well within a frame."""
MAX_ROUNDS = 32
MAX_HINTS = 12
"""Rungs of a ladder of hints."""
NUDGE_PAUSE_MS = 5_000
"""Between two nudges of one member."""

# One server.
MAX_ROOMS_IN_MEMORY = 10_000
MAX_CONNECTIONS = 20_000

MAX_UNSAVED_BYTES = 268_435_456
"""Updates that wait for a failing disk, of all rooms; then no more are taken, and clients keep theirs."""

# Text in commands, in characters.
MAX_NAME_LENGTH = 60
MAX_NORTH_STAR_LENGTH = 300
MAX_CALL_LINK_LENGTH = 500
MAX_CHAT_LENGTH = 2_000
MAX_FEEDBACK_LENGTH = 8_000
MAX_HINT_LENGTH = 1_000
MAX_COMPLEXITY_LENGTH = 60
MAX_PROBLEM_ID_LENGTH = 120
MAX_PROBLEM_TITLE_LENGTH = 200
MIN_ACCESS_KEY_LENGTH = 8
MAX_ACCESS_KEY_LENGTH = 128

# Problems that one partner sends to the other, and what each has seen (`problem/<round>`).
MAX_PACKED_PROBLEM_BYTES = 716_800
"""Packed problems that are sent in one round, all together: the log of a document keeps what was replaced in it, and a
step 2 with all of it, and with what both have seen, must fit a frame."""
MAX_SEEN_BYTES = 32_768
"""What one member says they have seen, in one value."""

# Minutes of a plan.
MAX_FOCUS_MINUTES = 180
MAX_BREAK_MINUTES = 60
MAX_BLOCKS = 8
EXTEND_MS = 120_000
"""What one press of "+2 min" adds."""
MAX_TIMER_MS = 4 * 3_600_000
