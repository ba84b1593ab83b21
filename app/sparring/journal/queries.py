"""What is asked of the journal. Each function takes a connection and returns plain values."""

import sqlite3
from typing import Any

import msgspec

from sparring.journal.records import (
    ChatSaid,
    ClaimMade,
    HintSeen,
    OwnCase,
    ParkedThought,
    ProblemPast,
    Recording,
    RoundDetail,
    RoundFilter,
    RoundRecord,
    RoundSummary,
    SessionRecord,
    TapeRow,
)

STRUGGLED = ("again", "hard")


def in_json(value: object) -> str:
    """A value as the journal keeps it: in ASCII, so that what is looked for is written as what is there."""
    import json  # Late: the first screen writes nothing.

    return json.dumps(value)


_SESSION_COLUMNS = ", ".join(SessionRecord.__struct_fields__)
_THOUGHT_COLUMNS = "id, at_ms, text, coalesce(round, ''), decision"
_ROUND_COLUMNS = ", ".join(f"round.{name}" for name in RoundRecord.__struct_fields__)

_SAID = " || ' ' || ".join(
    f"coalesce((select group_concat({words}, ' ') from {table} where round = ?2 {and_}), '')"
    for words, table, and_ in (
        ("text", "chat_line", ""),
        ("time || ' ' || space", "claim", ""),
        ("text", "hint", "and whose = 'me'"),
        ("text", "parked_thought", "and decision <> 'dismissed'"),
        ("json_extract(value, '$.text')", "board, json_each(board.elements)", ""),
    )
)
"""Everything that was said in a round and written on its board, as one text."""


def unfinished_session(db: sqlite3.Connection) -> SessionRecord | None:
    row = db.execute(
        f"select {_SESSION_COLUMNS} from session where ended_at is null order by started_at desc limit 1"
    ).fetchone()
    if row is None:
        return None
    values = dict(zip(SessionRecord.__struct_fields__, row, strict=True))
    values["is_host"] = bool(values["is_host"])
    return SessionRecord(**values)


def document_updates(db: sqlite3.Connection, session_id: str, document: str) -> list[bytes]:
    query = "select body from document_update where session = ? and document = ? order by id"
    return [row[0] for row in db.execute(query, (session_id, document))]


def tape(db: sqlite3.Connection, session_id: str) -> list[TapeRow]:
    query = "select seq, at_ms, lane, round, kind, body from tape_event where session = ? order by seq"
    return [TapeRow(*row) for row in db.execute(query, (session_id,))]


def rounds_of(db: sqlite3.Connection, session_id: str) -> list[RoundRecord]:
    query = f"select {_ROUND_COLUMNS} from round where session = ? order by number, at_ms, started_at"
    return [_round(row) for row in db.execute(query, (session_id,))]


def _round(row: tuple[object, ...]) -> RoundRecord:
    values = dict(zip(RoundRecord.__struct_fields__, row, strict=True))
    for name in ("topics", "tags"):
        values[name] = tuple(msgspec.json.decode(str(values[name])))
    return RoundRecord(**values)  # type: ignore[arg-type]  # the columns are the fields


def index_round(db: sqlite3.Connection, round_id: str) -> None:
    """Bring the search index of one round up to date."""
    db.execute("insert into round_number (round) select id from round where id = ? on conflict do nothing", (round_id,))
    row = db.execute("select number from round_number where round = ?", (round_id,)).fetchone()
    if row is None:
        return
    db.execute("delete from round_words where rowid = ?", row)
    db.execute(
        "insert into round_words (rowid, title, topics, notes, code, takeaway, tags, said)"
        " select ?1, problem_title, topics, coalesce((select text from note where round = ?2), ''),"
        " coalesce((select group_concat(code, ' ') from attempt where round = ?2), ''), takeaway, tags,"
        f" {_SAID} from round where id = ?2",
        (*row, round_id),
    )


def match_expression(text: str) -> str:
    """A person's words as an FTS5 query that is never wrong: all must occur, the last may be unfinished."""
    words = [word.replace('"', '""').replace("\x00", "") for word in text.split()]
    words = [word for word in words if any(character.isalnum() for character in word)]
    return " ".join(f'"{word}"' for word in words) + ("*" if words else "")


def rounds(db: sqlite3.Connection, wanted: RoundFilter, limit: int) -> list[RoundSummary]:
    conditions, values = ["1"], list[object]()
    if wanted.topic:
        # Topics are a JSON list of texts, in which a quoted text is always a whole one.
        conditions.append("instr(round.topics, ?)")
        values.append(in_json(wanted.topic))
    if wanted.partner:
        conditions.append("session.partner = ?")
        values.append(wanted.partner)
    if wanted.struggled:
        conditions.append(f"round.struggle in ({', '.join('?' for _ in STRUGGLED)})")
        values.extend(STRUGGLED)
    # The dearest comes last. The plus makes SQLite go through the newest rounds first and not sort what words find.
    if wanted.text.strip():
        expression = match_expression(wanted.text)
        if not expression:
            return []
        conditions.append(
            "+round.id in (select round from round_number where number in"
            " (select rowid from round_words where round_words match ?))"
        )
        values.append(expression)
    query = (
        "select round.id, problem_title, topics, session.partner, round.started_at, outcome, struggle"
        " from round join session on session.id = round.session"
        f" where {' and '.join(conditions)} order by round.started_at desc, number desc limit ?"
    )
    return [
        RoundSummary(key, title, tuple(msgspec.json.decode(topics)), partner, started, outcome, struggle)
        for key, title, topics, partner, started, outcome, struggle in db.execute(query, (*values, limit))
    ]


def problem_pasts(db: sqlite3.Connection) -> dict[str, ProblemPast]:
    pasts: dict[str, ProblemPast] = {}
    # In the order of an index that has all of it: the last one counts.
    for problem, at, struggle in db.execute("select problem_id, started_at, struggle from round order by started_at"):
        if struggle:
            pasts[problem] = ProblemPast(problem, at, struggle, at)
        else:
            known = pasts.get(problem)
            pasts[problem] = ProblemPast(problem, at, *(known.struggle, known.rated_at) if known else ("", ""))
    return pasts


def runs_of(db: sqlite3.Connection, round_id: str) -> list[tuple[int, int, int]]:
    query = "select at_ms, passed, total from run where round = ? order by at_ms"
    return db.execute(query, (round_id,)).fetchall()


def own_cases(db: sqlite3.Connection, problem_id: str) -> list[OwnCase]:
    # Late: the first screen reads none of them. What was typed may hold half a character, which only this one reads.
    import json

    query = "select id, made_at, name, inputs, expected from own_case where problem_id = ? order by made_at, id"
    return [
        OwnCase(key, problem_id, made_at, name, tuple(json.loads(inputs)), expected)
        for key, made_at, name, inputs, expected in db.execute(query, (problem_id,))
    ]


def hints_of(db: sqlite3.Connection, round_id: str) -> list[HintSeen]:
    query = "select whose, number, text from hint where round = ? order by whose, number"
    return [HintSeen(*row) for row in db.execute(query, (round_id,))]


def round_detail(db: sqlite3.Connection, round_id: str) -> RoundDetail | None:
    row = db.execute(f"select {_ROUND_COLUMNS} from round where id = ?", (round_id,)).fetchone()
    if row is None:
        return None
    record = _round(row)

    def asked(query: str) -> list[tuple[Any, ...]]:
        return db.execute(query, (round_id,)).fetchall()

    partner, me = db.execute("select partner, member from session where id = ?", (record.session,)).fetchone()
    attempts = {
        row[0]: row[1:] for row in asked("select whose, code, passed, total, language from attempt where round = ?")
    }
    feedback = {
        giver: (msgspec.json.decode(scores), text)
        for giver, scores, text in asked("select giver, scores, text from feedback where round = ?")
    }
    claims = {row[0]: ClaimMade(*row[1:]) for row in asked("select whose, time, space from claim where round = ?")}
    recordings = asked(
        "select id, speaker, recording, duration_ms, at_ms from walkthrough where round = ? order by at_ms"
    )
    chat = asked("select name, text, is_mine, at_ms from chat_line where round = ? order by number")
    thoughts = asked(
        f"select {_THOUGHT_COLUMNS} from parked_thought where round = ? and decision <> 'dismissed' order by at_ms"
    )
    theirs = attempts.get("partner", ("", 0, 0, "python"))
    code, passed, total, language = attempts.get("me", ("", 0, 0, theirs[3]))
    return RoundDetail(
        round=record,
        partner=partner,
        my_code=code,
        partner_code=theirs[0],
        notes=_only(asked("select text from note where round = ?")),
        my_feedback=feedback.get("me", ({}, "")),
        partner_feedback=feedback.get("partner", ({}, "")),
        runs=asked("select count(*) from run where round = ?")[0][0],
        passed=passed,
        total=total,
        recordings=tuple(Recording(*values) for values in recordings),
        me=me,
        board=_only(asked("select elements from board where round = ?")),
        hints=tuple(hints_of(db, round_id)),
        my_claim=claims.get("me", ClaimMade()),
        partner_claim=claims.get("partner", ClaimMade()),
        chat=tuple(ChatSaid(name, text, bool(is_mine), at_ms) for name, text, is_mine, at_ms in chat),
        thoughts=tuple(ParkedThought(*values) for values in thoughts),
        language=language,
        partner_language=theirs[3],
    )


def _only(rows: list[tuple[Any, ...]]) -> str:
    return str(rows[0][0]) if rows else ""


def topics(db: sqlite3.Connection) -> list[str]:
    query = "select distinct value from (select distinct topics from round), json_each(topics) order by value"
    return [row[0] for row in db.execute(query)]


def partners(db: sqlite3.Connection) -> list[str]:
    return [row[0] for row in db.execute("select distinct partner from session where partner <> '' order by partner")]


def parked_thoughts(db: sqlite3.Connection, session_id: str) -> list[ParkedThought]:
    query = f"select {_THOUGHT_COLUMNS} from parked_thought where session = ? order by at_ms"
    return [ParkedThought(*row) for row in db.execute(query, (session_id,))]


def last_north_star(db: sqlite3.Connection) -> str:
    query = "select north_star from session where north_star <> '' order by started_at desc limit 1"
    row = db.execute(query).fetchone()
    return row[0] if row else ""
