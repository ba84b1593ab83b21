"""Every session format, played by real app processes: the demo's scripts with time compressed and no pictures."""

from pathlib import Path

import pytest

from demo.formats import FORMATS
from demo.player import Evening
from demo.saturday import Saturday

RATE = 120


@pytest.mark.parametrize("make", [Saturday, *FORMATS], ids=lambda make: make.format)
def test_an_evening_goes_as_it_should(make: type[Evening], tmp_path: Path) -> None:
    evening = make(tmp_path, rate=RATE, pictures=False)
    try:
        evening.play()
        assert evening.close() == []
    finally:
        evening.end()
