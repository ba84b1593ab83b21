"""`sparring problems`: look at the bank, and prove it."""

import argparse
import os
from pathlib import Path

AT_ONCE = min(4, os.cpu_count() or 1)
"""Each problem has one solution at work at a time: with a processor of its own, its time is what it would be alone."""
MAX_JOBS = 64

_IMPORT = """Bring in what lies at PATH: Sparring's own problem folders, Exercism's problem specifications or Python
track, Kattis problem packages, a folder of many, or a zip file of any of them. The solutions that come along must
pass."""
_CODES = "The exit code is 0 if all was done, 3 if only some of it was, 1 if nothing was."


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add this subcommand."""
    parser = subparsers.add_parser("problems", help="list, check and import problems")
    actions = parser.add_subparsers(dest="action", required=True)
    actions.add_parser("list", help="the problems that Sparring brings, and those on your own shelves")
    check = actions.add_parser("check", help="prove that accepted solutions pass, and wrong and slow ones do not")
    check.add_argument("folders", nargs="*", type=Path, metavar="FOLDER", help="default: the whole bank")
    check.add_argument("--strict", action="store_true", help="demand also what every problem of the bank must bring")
    check.add_argument("--jobs", type=_jobs, default=AT_ONCE, metavar="N", help=f"problems at once (default {AT_ONCE})")
    bring = actions.add_parser("import", help="bring problems in", description=_IMPORT, epilog=_CODES)
    bring.add_argument("path", type=Path, metavar="PATH", help="a folder, a zip file or a .kattis file")
    bring.add_argument("--keep-unproved", action="store_true", help="bring in also what its own solution does not pass")
    words = "run the solutions that come with it even where there is no sandbox"
    bring.add_argument("--without-sandbox", action="store_true", help=words)
    actions.add_parser("imports", help="what was imported, the latest first")
    undo = actions.add_parser("undo", help="take away what an import brought", epilog=_CODES)
    undo.add_argument("id", metavar="ID", help="as `sparring problems imports` shows it")
    parser.set_defaults(handler=main)


def main(args: argparse.Namespace) -> int:
    """Carry out the subcommand; the result is the exit code."""
    # Late: whoever opens the app waits for every import, and the app runs nothing before there is a session.
    if args.action in ("import", "imports", "undo"):
        from sparring.cli import importing

        return importing.main(args)
    from sparring.cli import bank

    return bank.check(args.folders, args.jobs, is_strict=args.strict) if args.action == "check" else bank.list_bank()


def _jobs(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= MAX_JOBS:
        raise argparse.ArgumentTypeError(f"{text!r} is not between 1 and {MAX_JOBS}")
    return int(text)
