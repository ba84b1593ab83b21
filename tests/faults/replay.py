"""`python -m tests.faults.replay FILE [--cut-down] [--times N]`: play a plan again, and find what of it is needed."""

import argparse
import asyncio
import sys
import tempfile
from pathlib import Path

import msgspec

from tests.faults.plan import AnyStep, Plan, load_plan
from tests.faults.play import PlanFailed
from tests.faults.playground import Playground


async def fails(plan: Plan, times: int) -> str:
    """What went wrong in the first of so many tries that failed; empty if none did."""
    with tempfile.TemporaryDirectory(prefix="sparring-plan-") as folder:
        ground = Playground(Path(folder), Path(folder) / "failing")
        try:
            for _ in range(times):
                await ground.play(plan)
        except PlanFailed as failure:
            return str(failure.__cause__ or failure)
        finally:
            await ground.close()
    return ""


async def cut_down(plan: Plan, times: int, folder: Path) -> None:
    """Leave out as many steps as possible: halves first, single steps last. The shortest so far is in `folder`."""
    size = len(plan.steps) // 2
    while size:
        at = 0
        while at < len(plan.steps):
            kept: tuple[AnyStep, ...] = plan.steps[:at] + plan.steps[at + size :]
            shorter = msgspec.structs.replace(plan, steps=kept)
            if await fails(shorter, times):
                plan = shorter
                sys.stdout.write(f"{len(plan.steps)} steps are enough: {plan.save(folder)}\n")
                sys.stdout.flush()
            else:
                at += size
        size //= 2


async def run(options: argparse.Namespace) -> int:
    plan = load_plan(options.plan)
    failure = await fails(plan, options.times)
    if not failure:
        sys.stdout.write(f"plan {plan.seed} holds\n")
        return 0
    sys.stdout.write(f"{failure}\n")
    if options.cut_down:
        await cut_down(plan, options.times, options.plan.parent / "short")
    return 1


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.faults.replay", description="Play a plan of faults again.")
    parser.add_argument("plan", type=Path)
    parser.add_argument("--cut-down", action="store_true", help="leave out steps while it still fails")
    parser.add_argument("--times", type=int, default=3, help="tries of each plan (default: %(default)s)")
    return asyncio.run(run(parser.parse_args()))


if __name__ == "__main__":
    sys.exit(main())
