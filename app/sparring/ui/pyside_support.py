"""Loads PySide's Python half as Python loads other modules: compiled once, and without a look at every source.

Two things that PySide 6.11 does while it is loaded take about a tenth of a start, and serve nobody here
(`docs/decisions/0013`). It keeps its Python half in an archive and compiles it at every start; here what
was compiled is kept beside the compiled modules of this package, where Python itself would keep it. And it reads the
source of every module that anybody imports, to see whether PySide's features are used there; Sparring uses none.

Where PySide does neither any more, nothing happens.
"""

import builtins
import contextlib
import importlib.util
import marshal
import os
import sys
from pathlib import Path
from types import CodeType
from typing import Any

PREFIX = "shibokensupport/"
"""What the names of the sources in PySide's archive begin with."""
Kept = dict[str, tuple[bytes, CodeType]]
"""By the name of a source: its hash and what it was compiled to."""


def load_pyside() -> None:
    """Import PySide's Python half, which every module of Qt needs. The modules of Qt are left to whoever wants them."""
    compile_anew = builtins.compile
    kept, new = read_kept(), Kept()

    def compile_once(source: Any, filename: Any, mode: str, *rest: Any, **more: Any) -> Any:
        if rest or more or mode != "exec" or type(source) is not bytes or not str(filename).startswith(PREFIX):
            return compile_anew(source, filename, mode, *rest, **more)
        hashed = importlib.util.source_hash(source)
        if filename in kept and kept[filename][0] == hashed:
            return kept[filename][1]
        code = compile_anew(source, filename, mode)
        new[filename] = (hashed, code)
        return code

    vars(builtins)["compile"] = compile_once
    try:
        import shiboken6  # noqa: F401 - what loads the archive
    finally:
        vars(builtins)["compile"] = compile_anew
    if new and not sys.dont_write_bytecode:
        write_kept(kept | new)
    feature: Any = sys.modules.get("shibokensupport.feature")
    if hasattr(feature, "_mod_uses_pyside"):
        # As if it had looked and found PySide's name: the module has no feature, which is what it would find.
        feature._mod_uses_pyside = lambda _module: True


def path_of_kept() -> Path:
    """The file for what was compiled: where Python keeps what it compiles, one for each version of it."""
    return Path(importlib.util.cache_from_source(str(Path(__file__).with_name("shibokensupport.py"))))


def read_kept() -> Kept:
    """What an earlier start compiled; nothing if there is none, or none that can be read."""
    magic = importlib.util.MAGIC_NUMBER
    try:
        content = path_of_kept().read_bytes()
        kept = marshal.loads(content[len(magic) :]) if content.startswith(magic) else {}
    except (OSError, ValueError, EOFError, TypeError):
        return {}
    return kept if isinstance(kept, dict) else {}


def write_kept(kept: Kept) -> None:
    """Keep it for later starts. Whole or not at all; where nobody may write, each start compiles."""
    path = path_of_kept()
    own = path.with_name(f"{path.name}.{os.getpid()}")
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            own.write_bytes(importlib.util.MAGIC_NUMBER + marshal.dumps(kept))
            own.replace(path)
        except OSError:
            own.unlink(missing_ok=True)
            raise
