"""Random plans of faults on real server processes: see `plan` for what happens, `oracle` for what must hold.

The seeds are the numbers from 0 on. A failing plan is kept in `test-output/plans/<seed>.json`.
"""

import sys
from pathlib import Path

import pytest

from tests.faults.plan import load_plan, make_plan
from tests.faults.playground import Playground
from tests.support.redis_server import skip_without_redis

FAILING = Path("test-output/plans")
KEPT = Path(__file__).parent / "plans"
FIRST_PLANS = 50
ALL_PLANS = 1_000
FIRST_SHARED_PLANS = 4
SHARED_PLANS = 200
AT_ONCE = 5


async def play(seeds: range, folder: Path, storage: str | None = None) -> None:
    sys.stdout.write(f"plans with the seeds {seeds.start} to {seeds.stop - 1}\n")
    ground = Playground(folder, FAILING)
    try:
        failures = await ground.play_all([make_plan(seed, storage) for seed in seeds], AT_ONCE)
    finally:
        await ground.close()
    assert not failures, "\n".join(map(str, failures))


@pytest.mark.timeout(600)
async def test_whatever_happens_nothing_acknowledged_is_lost(tmp_path: Path) -> None:
    await play(range(FIRST_PLANS), tmp_path)


@pytest.mark.timeout(600)
async def test_one_of_two_servers_may_die_at_any_moment(tmp_path: Path) -> None:
    await skip_without_redis()
    await play(range(FIRST_SHARED_PLANS), tmp_path, "redis")


@pytest.mark.parametrize("name", sorted(path.name for path in KEPT.glob("*.json")))
async def test_what_once_failed_holds(name: str, tmp_path: Path) -> None:
    ground = Playground(tmp_path, FAILING)
    try:
        await ground.play(load_plan(KEPT / name))
    finally:
        await ground.close()


@pytest.mark.soak
@pytest.mark.parametrize("start", range(FIRST_PLANS, ALL_PLANS, 50))
async def test_for_long(start: int, tmp_path: Path) -> None:
    await play(range(start, start + 50), tmp_path)


@pytest.mark.soak
@pytest.mark.parametrize("start", range(FIRST_SHARED_PLANS, SHARED_PLANS, 50))
async def test_two_servers_for_long(start: int, tmp_path: Path) -> None:
    await skip_without_redis()
    await play(range(start, start + 50), tmp_path, "redis")


def test_a_plan_comes_back_from_its_file(tmp_path: Path) -> None:
    plan = make_plan(7)
    assert load_plan(plan.save(tmp_path)) == plan == make_plan(7)
    assert make_plan(8) != plan
