"""One measured figure: beside what it is compared with, what it should be, and whether it is."""

import json
import statistics
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True)
class Figure:
    """A row of the tables. A goal is a limit in the figure's own unit: an upper one, or a lower one with `at_least`.

    A value of None is one that could not be measured; `against` says why.
    """

    area: str
    figure: str
    value: float | None
    unit: str
    against: str = ""
    goal: float | None = None
    at_least: bool = False

    @property
    def holds(self) -> bool | None:
        if self.goal is None or self.value is None:
            return None
        return self.value >= self.goal if self.at_least else self.value <= self.goal

    def as_row(self) -> dict[str, object]:
        """As `bench-output/results.json` has it."""
        goal = None if self.goal is None else round(self.goal, 3)
        value = None if self.value is None else round(self.value, 3)
        row = {**asdict(self), "value": value, "goal": goal, "holds": self.holds}
        del row["at_least"]
        return row


def percentile(values: Sequence[float], part: int) -> float:
    """The value that `part` of a hundred values do not exceed."""
    return statistics.quantiles(values, n=100, method="inclusive")[part - 1]


def show(rows: Sequence[Figure]) -> None:
    """A table on standard output."""
    for row in rows:
        verdict = {None: "", True: f"goal {row.goal:g}: holds" if row.goal is not None else "", False: ""}[row.holds]
        if row.holds is False:
            verdict = f"goal {row.goal:.4g}: MISSED"
        value = "–" if row.value is None else f"{row.value:.2f}"
        sys.stdout.write(f"  {row.figure:64} {value:>9} {row.unit:6} {row.against:28} {verdict}\n")
    sys.stdout.flush()


def write(rows: Sequence[Figure], output: Path) -> None:
    """All rows as `results.json`."""
    output.mkdir(parents=True, exist_ok=True)
    (output / "results.json").write_text(json.dumps([row.as_row() for row in rows], indent=1) + "\n")
