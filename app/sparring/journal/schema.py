"""The journal's tables, as ordered, named migrations; each is applied in one transaction with its own record."""

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

migrations = Migrations("sparring_journal")

_FIRST = """
create table session (
    id text primary key, room text not null, invite text not null, member text not null, member_key text not null,
    is_host integer not null, partner text not null, north_star text not null, format text not null,
    started_at text not null, ended_at text, started_ms integer not null
);
create table round (
    id text primary key, session text not null references session (id), number integer not null,
    problem_id text not null, problem_title text not null, topics text not null, difficulty text not null,
    statement text not null, started_at text not null, ended_at text, outcome text not null,
    struggle text not null, tags text not null, takeaway text not null, unique (session, number)
);
create index round_started on round (started_at);
create table attempt (
    round text not null references round (id), whose text not null, language text not null, code text not null,
    passed integer not null, total integer not null, primary key (round, whose)
);
create table run (
    id text primary key, round text not null references round (id), at_ms integer not null,
    passed integer not null, total integer not null, elapsed_ms real not null, results text not null
);
create index run_round on run (round);
create table walkthrough (
    id text primary key, round text not null references round (id), speaker text not null,
    recording text not null, duration_ms integer not null, at_ms integer not null
);
create index walkthrough_round on walkthrough (round);
create table note (round text primary key references round (id), text text not null);
create table feedback (
    round text not null references round (id), giver text not null, scores text not null, text text not null,
    primary key (round, giver)
);
create table parked_thought (
    id text primary key, session text not null references session (id), at_ms integer not null, text text not null
);
create table tape_event (
    session text not null references session (id), seq integer not null, at_ms integer not null,
    lane text not null, round integer not null, kind text not null, body text not null,
    primary key (session, seq)
) without rowid;
create table document_update (
    id integer primary key, session text not null references session (id), document text not null, body blob not null
);
create index document_update_of on document_update (session, document);
create virtual table round_text using fts5 (round unindexed, title, topics, notes, code, takeaway, tags);
"""


@migrations()
def create_journal(db: Database) -> None:
    """The first schema."""
    for statement in _FIRST.split(";\n"):
        if statement.strip():
            db.conn.execute(statement)


_SEARCH_BY_NUMBER = """
create table round_number (number integer primary key, round text not null unique references round (id));
create virtual table round_words using fts5 (title, topics, notes, code, takeaway, tags);
insert into round_number (round) select id from round order by started_at, number;
insert into round_words (rowid, title, topics, notes, code, takeaway, tags)
    select round_number.number, title, topics, notes, code, takeaway, tags
    from round_text join round_number on round_number.round = round_text.round
    group by round_number.number;
drop table round_text;
"""

_LISTS = """
create index round_list on round
    (started_at, number, session, id, problem_title, topics, outcome, struggle, problem_id);
drop index round_started;
create index session_started on session (started_at, ended_at);
create index parked_thought_of on parked_thought (session, at_ms);
"""

# As https://sqlite.org/lang_altertable.html has it, with references unchecked: a table is made anew and takes the name.
_INTERVIEWS = """
create table round_anew (
    id text primary key, session text not null references session (id), number integer not null,
    problem_id text not null, problem_title text not null, topics text not null, difficulty text not null,
    statement text not null, started_at text not null, ended_at text, outcome text not null,
    struggle text not null, tags text not null, takeaway text not null, at_ms integer not null default 0,
    format text not null default '', role text not null default '', unique (session, number, problem_id)
);
insert into round_anew (id, session, number, problem_id, problem_title, topics, difficulty, statement, started_at,
    ended_at, outcome, struggle, tags, takeaway, format)
    select round.id, session, number, problem_id, problem_title, topics, difficulty, statement, round.started_at,
    round.ended_at, outcome, struggle, tags, takeaway, session.format
    from round join session on session.id = round.session;
drop table round;
alter table round_anew rename to round;
create index round_list on round
    (started_at, number, session, id, problem_title, topics, outcome, struggle, problem_id);
"""

_SAID_AND_DRAWN = """
create table board (round text primary key references round (id), elements text not null);
create table hint (
    round text not null references round (id), whose text not null, number integer not null, text text not null,
    primary key (round, whose, number)
);
create table claim (
    round text not null references round (id), whose text not null, time text not null, space text not null,
    primary key (round, whose)
);
create table chat_line (
    session text not null references session (id), number integer not null, round text references round (id),
    at_ms integer not null, name text not null, is_mine integer not null, text text not null,
    primary key (session, number)
) without rowid;
create index chat_line_round on chat_line (round);
alter table parked_thought add column round text references round (id);
alter table parked_thought add column decision text not null default '';
create index parked_thought_round on parked_thought (round);
"""

# A thought belongs to the last round that had begun by then; one from before the first round belongs to the first.
_FIND_SAID = """
update parked_thought set round = coalesce(
    (select round.id from round join session on session.id = round.session where round.session = parked_thought.session
        and (julianday(round.started_at) - julianday(session.started_at)) * 86400000 <= parked_thought.at_ms
        order by round.started_at desc limit 1),
    (select id from round where session = parked_thought.session order by number limit 1)
);
create virtual table round_words_anew using fts5 (title, topics, notes, code, takeaway, tags, said);
insert into round_words_anew (rowid, title, topics, notes, code, takeaway, tags, said)
    select round_words.rowid, title, topics, notes, code, takeaway, tags,
    coalesce((select group_concat(text, ' ') from parked_thought where parked_thought.round = round_number.round), '')
    from round_words join round_number on round_number.number = round_words.rowid;
drop table round_words;
alter table round_words_anew rename to round_words;
"""

_EVENTS_ONCE = """
alter table tape_event add column event integer;
create unique index tape_event_once on tape_event (session, event) where event is not null;
"""

_OWN_CASES = """
create table own_case (
    id text primary key, problem_id text not null, made_at text not null, name text not null, inputs text not null,
    expected text not null
);
create index own_case_of on own_case (problem_id, made_at);
alter table run add column language text not null default 'python';
"""


def _run(db: Database, script: str) -> None:
    for statement in script.split(";\n"):
        if statement.strip():
            db.conn.execute(statement)


@migrations()
def find_rounds_by_number(db: Database) -> None:
    """Words are found by a round's number: what was found, or is indexed anew, is not searched for by its key."""
    _run(db, _SEARCH_BY_NUMBER)


@migrations()
def list_rounds_from_an_index(db: Database) -> None:
    """A list of rounds never reads their statements."""
    _run(db, _LISTS)


@migrations()
def keep_each_interview(db: Database) -> None:
    """A mock interview has two problems in one round: a round is what was worked on, not its number alone."""
    _run(db, _INTERVIEWS)


@migrations()
def keep_what_was_said_and_drawn(db: Database) -> None:
    """The board, hints, claims and chat of a round; what became of a parked thought, and in which round it came up."""
    _run(db, _SAID_AND_DRAWN)


@migrations()
def find_what_was_said(db: Database) -> None:
    """Words of talk and of parked thoughts are found as well."""
    _run(db, _FIND_SAID)


@migrations()
def keep_each_event_once(db: Database) -> None:
    """The room tells all of its events again to an app that comes back; the tape has each of them once."""
    _run(db, _EVENTS_ONCE)


@migrations()
def keep_own_cases_and_languages(db: Database) -> None:
    """Cases that somebody has added to a problem, and the language that a run was in: until now it was Python."""
    _run(db, _OWN_CASES)
