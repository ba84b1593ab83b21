"""One measured figure: beside what it is compared with, what it should be, and whether it is."""

import json
import statistics
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True)
class Figure:
    """A row of the tables. A goal is an upper limit in the figure's own unit."""

    area: str
    figure: str
    value: float
    unit: str
    against: str = ""
    goal: float | None = None

    @property
    def holds(self) -> bool | None:
        return None if self.goal is None else self.value <= self.goal

    def as_row(self) -> dict[str, object]:
        """As `bench-output/results.json` has it."""
        goal = None if self.goal is None else round(self.goal, 3)
        return {**asdict(self), "value": round(self.value, 3), "goal": goal, "holds": self.holds}


def percentile(values: Sequence[float], part: int) -> float:
    """The value that `part` of a hundred values do not exceed."""
    return statistics.quantiles(values, n=100, method="inclusive")[part - 1]


def show(rows: Sequence[Figure]) -> None:
    """A table on standard output."""
    for row in rows:
        verdict = {None: "", True: f"goal {row.goal:g}: holds" if row.goal is not None else "", False: ""}[row.holds]
        if row.holds is False:
            verdict = f"goal {row.goal:.4g}: MISSED"
        sys.stdout.write(f"  {row.figure:64} {row.value:>9.2f} {row.unit:6} {row.against:28} {verdict}\n")
    sys.stdout.flush()


def write(rows: Sequence[Figure], output: Path) -> None:
    """All rows as `results.json`."""
    output.mkdir(parents=True, exist_ok=True)
    (output / "results.json").write_text(json.dumps([row.as_row() for row in rows], indent=1) + "\n")
