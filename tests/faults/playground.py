"""Where plans are played: servers of their own for those that break one, a shared one for the others."""

import asyncio
import tempfile
from collections.abc import Callable
from pathlib import Path

from tests.faults.place import ProcessPlace, ServerPlace
from tests.faults.plan import Fill, Jump, Plan
from tests.faults.play import PlanFailed, Player
from tests.faults.shared_place import SharedPlace

PlaceMaker = Callable[[str, Path, Plan | None], ServerPlace]
"""Of a kind of storage, a folder, and the plan that has the place for itself, or None where many share it."""


def process_place(storage: str, folder: Path, plan: Plan | None) -> ServerPlace:
    """One process, with its rooms in memory or in a file, or two on a Redis; with what the plan wants to break."""
    if storage == "redis":
        return SharedPlace(folder)
    if plan is None:
        return ProcessPlace(storage, folder)
    return ProcessPlace(storage, folder, small_disk=plan.has(Fill), own_clock=plan.has(Jump))


class Playground:
    """Plays plans, each on a server of its own or, where the others would not feel it, on one they share."""

    def __init__(self, folder: Path, failing: Path, make_place: PlaceMaker = process_place) -> None:
        self._folder = folder
        self._failing = failing
        self._make_place = make_place
        self._shared: dict[str, ServerPlace] = {}
        self._opening = asyncio.Lock()

    async def play(self, plan: Plan) -> None:
        """Raises `PlanFailed`; the plan is then in the folder of failing ones."""
        try:
            if plan.needs_own_server:
                with tempfile.TemporaryDirectory(dir=self._folder, prefix=f"{plan.seed}-") as own:
                    place = self._make_place(plan.storage, Path(own), plan)
                    try:
                        await Player(plan, place).play()
                    finally:
                        await place.close()
            else:
                await Player(plan, await self._shared_place(plan.storage)).play()
        except PlanFailed as failure:
            path = plan.save(self._failing)
            raise PlanFailed(f"{failure}\nPlay it again: python -m tests.faults.replay {path}") from failure

    async def play_all(self, plans: list[Plan], at_once: int) -> list[PlanFailed]:
        """Several at a time; the failures of all."""
        failures: list[PlanFailed] = []
        waiting = iter(plans)

        async def play_some() -> None:
            for plan in waiting:
                try:
                    await self.play(plan)
                except PlanFailed as failure:
                    failures.append(failure)

        await asyncio.gather(*(play_some() for _ in range(at_once)))
        return failures

    async def _shared_place(self, storage: str) -> ServerPlace:
        async with self._opening:
            if storage not in self._shared:
                folder = self._folder / f"shared-{storage}"
                folder.mkdir(parents=True, exist_ok=True)
                place = self._shared[storage] = self._make_place(storage, folder, None)
                await place.start()
            return self._shared[storage]

    async def close(self) -> None:
        for place in self._shared.values():
            await place.close()
