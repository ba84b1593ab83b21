"""Reads the journal for `sparring journal`."""

import argparse
import sys
from collections.abc import Iterator

from sparring.journal import Journal, JournalError, RoundDetail, RoundFilter
from sparring.live.board import board_from_json
from sparring.profile import Profile, ProfileError


def main(args: argparse.Namespace) -> int:
    """Carry out the subcommand; the result is the exit code."""
    try:
        journal = Journal.open(Profile().folder)
    except (JournalError, ProfileError) as error:
        sys.stderr.write(f"sparring: {error}\n")
        return 1
    try:
        return _carry_out(journal, args)
    except OSError as error:
        sys.stderr.write(f"sparring: {error}\n")
        return 1
    finally:
        journal.close()


def _carry_out(journal: Journal, args: argparse.Namespace) -> int:
    match args.action:
        case "show":
            detail = journal.round_detail(args.id)
            if detail is None:
                sys.stderr.write("sparring: there is no such round. `sparring journal list` shows their ids.\n")
                return 1
            sys.stdout.write(_markdown(detail))
        case "export":
            args.folder.mkdir(parents=True, exist_ok=True)
            for one in journal.rounds(limit=1_000_000):
                detail = journal.round_detail(one.id)
                assert detail is not None
                name = f"{one.started_at[:10]} {one.problem_title} {one.id[:8]}.md".replace("/", "-")
                (args.folder / name).write_text(_markdown(detail), encoding="utf-8")
        case _:
            wanted = RoundFilter(text=" ".join(args.words)) if args.action == "search" else RoundFilter()
            for one in journal.rounds(wanted, limit=1_000_000):
                sys.stdout.write(
                    f"{one.id}  {one.started_at[:10]}  {one.problem_title}  {one.partner}  {one.outcome}"
                    f"  {one.struggle}\n"
                )
    return 0


def _markdown(detail: RoundDetail) -> str:
    record = detail.round
    # Notes may have fences of their own.
    who = detail.partner or "Partner"
    what, fence = ("notes", "````") if detail.language == "markdown" else ("code", "```")
    return (
        f"# {record.problem_title}\n\n{record.started_at[:10]}, with {detail.partner or 'nobody'}."
        f" {record.outcome or 'Unfinished'}, {record.struggle or 'not rated'}. {', '.join(record.tags)}\n\n"
        f"{record.takeaway}\n\n## Statement\n\n{record.statement}\n\n"
        f"## My {what}\n\n{fence}{detail.language}\n{detail.my_code}\n{fence}\n\n"
        f"## {who}'s {what}\n\n{fence}{detail.partner_language}\n{detail.partner_code}\n{fence}\n\n"
        f"## Notes\n\n{detail.notes}\n{''.join(_sections(detail))}"
    )


def _sections(detail: RoundDetail) -> Iterator[str]:
    """What only some rounds have."""
    partner = detail.partner or "Partner"
    claims = (("You", detail.my_claim), (partner, detail.partner_claim))
    texts = (one.text for one in board_from_json(detail.board) if one.text)
    for heading, lines in (
        (
            "Complexity",
            [f"{who}: time {claim.time}, space {claim.space or '?'}" for who, claim in claims if claim.time],
        ),
        ("Hints", [f"{hint.number}. {hint.text}" for hint in detail.hints if hint.whose == "me"]),
        ("Chat", [f"{'You' if line.is_mine else line.name or partner}: {line.text}" for line in detail.chat]),
        ("Parked thoughts", [thought.text for thought in detail.thoughts]),
        ("On the sketch board", [" ".join(text.split()) for text in texts]),
    ):
        if lines:
            yield f"\n## {heading}\n\n" + "".join(f"- {line}\n" for line in lines)
