"""A part that is measured in a process of its own, so that nothing else's modules or garbage are in its figures."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]


def result_of(module: str, *arguments: str) -> Any:
    """What a module prints, read as JSON."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [sys.executable, "-m", module, *arguments], stdout=subprocess.PIPE, env=environment, cwd=ROOT, check=True
    )
    return json.loads(done.stdout)
