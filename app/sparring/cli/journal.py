"""`sparring journal`: look into the journal without opening the app."""

import argparse
from pathlib import Path


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add this subcommand."""
    parser = subparsers.add_parser("journal", help="list, search, show or export past rounds")
    actions = parser.add_subparsers(dest="action", required=True)
    actions.add_parser("list", help="all rounds, newest first")
    search = actions.add_parser("search", help="rounds in which these words occur")
    search.add_argument("words", nargs="+")
    show = actions.add_parser("show", help="one round, as Markdown")
    show.add_argument("id")
    export = actions.add_parser("export", help="every round as a Markdown file")
    export.add_argument("folder", type=Path)
    parser.set_defaults(handler=main)


def main(args: argparse.Namespace) -> int:
    """Carry out the subcommand; the result is the exit code."""
    # Late: whoever opens the app waits for every import.
    from sparring.cli import reading

    return reading.main(args)
