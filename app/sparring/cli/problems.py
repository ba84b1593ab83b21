"""`sparring problems`: look at the bank, and prove it."""

import argparse
from pathlib import Path


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add this subcommand."""
    parser = subparsers.add_parser("problems", help="list the problem bank, or check problem folders")
    actions = parser.add_subparsers(dest="action", required=True)
    actions.add_parser("list", help="the problems that Sparring brings")
    check = actions.add_parser("check", help="prove that accepted solutions pass, and wrong and slow ones do not")
    check.add_argument("folders", nargs="*", type=Path, metavar="FOLDER", help="default: the whole bank")
    parser.set_defaults(handler=main)


def main(args: argparse.Namespace) -> int:
    """Carry out the subcommand; the result is the exit code."""
    # Late: whoever opens the app waits for every import, and the app runs nothing before there is a session.
    from sparring.cli import proving

    return proving.check(args.folders) if args.action == "check" else proving.list_bank()
