"""`sparring problems`: look at the bank, and prove it."""

import argparse
import os
from pathlib import Path

AT_ONCE = min(4, os.cpu_count() or 1)
"""Each problem has one solution at work at a time: with a processor of its own, its time is what it would be alone."""
MAX_JOBS = 64


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add this subcommand."""
    parser = subparsers.add_parser("problems", help="list the problem bank, or check problem folders")
    actions = parser.add_subparsers(dest="action", required=True)
    actions.add_parser("list", help="the problems that Sparring brings")
    check = actions.add_parser("check", help="prove that accepted solutions pass, and wrong and slow ones do not")
    check.add_argument("folders", nargs="*", type=Path, metavar="FOLDER", help="default: the whole bank")
    check.add_argument("--strict", action="store_true", help="demand also what every problem of the bank must bring")
    check.add_argument("--jobs", type=_jobs, default=AT_ONCE, metavar="N", help=f"problems at once (default {AT_ONCE})")
    parser.set_defaults(handler=main)


def main(args: argparse.Namespace) -> int:
    """Carry out the subcommand; the result is the exit code."""
    # Late: whoever opens the app waits for every import, and the app runs nothing before there is a session.
    from sparring.cli import bank

    return bank.check(args.folders, args.jobs, is_strict=args.strict) if args.action == "check" else bank.list_bank()


def _jobs(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= MAX_JOBS:
        raise argparse.ArgumentTypeError(f"{text!r} is not between 1 and {MAX_JOBS}")
    return int(text)
