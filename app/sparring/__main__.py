"""`sparring`: the app, and its tools."""

import argparse
import gc
import logging
import sys
from collections.abc import Sequence

from sparring import __version__
from sparring.cli import journal, problems


def make_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="sparring", description="Practise coding interviews with a friend.")
    parser.add_argument("--version", action="version", version=f"%(prog)s {__version__}")
    parser.set_defaults(handler=_open, link="")
    subparsers = parser.add_subparsers(metavar="COMMAND")
    join = subparsers.add_parser("join", help="open the app and join your partner's session")
    join.add_argument("link", metavar="LINK", help="the invite link; - reads it from standard input")
    problems.add_parser(subparsers)
    journal.add_parser(subparsers)
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    args = make_parser().parse_args(arguments)
    return int(args.handler(args))


def _open(args: argparse.Namespace) -> int:
    # What is made while the app starts stays: nobody needs to look for garbage in it. `open_app` turns this on again.
    gc.disable()
    # Late, so that the tools above work where Qt cannot be loaded.
    from sparring.ui.main import open_app

    link = sys.stdin.readline() if args.link == "-" else args.link
    return open_app(link)


if __name__ == "__main__":
    sys.exit(main())
