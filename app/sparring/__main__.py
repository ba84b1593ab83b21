"""`sparring`: the app, and its tools."""

import gc
import logging
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse


def make_parser() -> "argparse.ArgumentParser":
    # Late: most starts are without arguments, from a desktop, and have nothing to parse.
    import argparse

    from sparring import __version__
    from sparring.cli import journal, problems

    parser = argparse.ArgumentParser(prog="sparring", description="Practise coding interviews with a friend.")
    parser.add_argument("--version", action="version", version=f"%(prog)s {__version__}")
    parser.set_defaults(handler=lambda args: _open(args.link), link="")
    subparsers = parser.add_subparsers(metavar="COMMAND")
    join = subparsers.add_parser("join", help="open the app and join your partner's session")
    join.add_argument("link", metavar="LINK", help="the invite link; - reads it from standard input")
    problems.add_parser(subparsers)
    journal.add_parser(subparsers)
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    if not (sys.argv[1:] if arguments is None else arguments):
        return _open("")
    args = make_parser().parse_args(arguments)
    return int(args.handler(args))


def _open(link: str) -> int:
    # What is made while the app starts stays: nobody needs to look for garbage in it. `open_app` turns this on again.
    gc.disable()
    # Late, so that the tools above work where Qt cannot be loaded. What needs no Qt comes before it: once PySide is
    # there, it reads the source of every module that is imported, to see whether it uses PySide's features.
    import sparring.journal
    import sparring.profile  # noqa: F401
    from sparring.ui.pyside_support import load_pyside

    load_pyside()
    from sparring.ui.main import open_app

    return open_app(sys.stdin.readline() if link == "-" else link)


if __name__ == "__main__":
    sys.exit(main())
