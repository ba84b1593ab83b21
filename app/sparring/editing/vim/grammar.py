"""From keys to commands: pure, and asked again with every key, so that nothing half-parsed is kept."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sparring.editing.vim.motions import MOTIONS, PROMPTS, WITH_CHARACTER
from sparring.editing.vim.registers import NAMES
from sparring.editing.vim.text_objects import TEXT_OBJECTS
from sparring.editing.vim.values import MAX_COUNT, Command, is_named

OPERATORS = frozenset(("d", "c", "y", ">", "<", "gu", "gU", "g~", "gc"))
SHORT = {
    "x": ("d", "l"),
    "X": ("d", "h"),
    "D": ("d", "$"),
    "C": ("c", "$"),
    "s": ("c", "l"),
    "S": ("c", "line"),
    "Y": ("y", "line"),
}
"""Commands that are an operator with its motion."""
ALIASES = {
    "<Left>": "h",
    "<Right>": "l",
    "<Up>": "k",
    "<Down>": "j",
    "<Home>": "0",
    "<End>": "$",
    "<Space>": " ",
    "<C-h>": "<BS>",
    "<CR>": "+",
    "<C-j>": "j",
    "<C-n>": "j",
    "<C-p>": "k",
    "<C-m>": "+",
    "<Del>": "x",
    "<PageDown>": "<C-f>",
    "<PageUp>": "<C-b>",
}
SCROLLING = frozenset(("zz", "zt", "zb", "z.", "z-", "z<CR>", *(f"<C-{letter}>" for letter in "dufbey")))
PLAIN = SCROLLING | frozenset("iaIAoOpPJ~u.vVR") | frozenset(("gp", "gP", "gJ", "gv", "gI", "gi", "<C-r>"))
"""Commands of normal mode that take nothing more."""
WITH_ARGUMENT = frozenset("rm")
VISUAL = SCROLLING | frozenset("xXsSdDcCyYR><~uUJpPovVIAO") | frozenset(("gu", "gU", "g~", "gc", "gJ", "gv"))
PREFIXES = frozenset("gz[]")


@dataclass(frozen=True, slots=True)
class Unfinished:
    """More keys are to come; `prompt` and `line` are what has been typed after / ? or :"""

    prompt: str = ""
    line: str = ""


class _OutOfKeysError(Exception):
    def __init__(self, unfinished: Unfinished) -> None:
        self.unfinished = unfinished


class _UnknownError(Exception):
    pass


class _Keys:
    def __init__(self, keys: Sequence[str]) -> None:
        self._keys = iter(keys)

    def take(self) -> str:
        key = next(self._keys, None)
        if key is None:
            raise _OutOfKeysError(Unfinished())
        return key

    def character(self) -> str:
        """A character as an argument: no named key."""
        key = self.take()
        if is_named(key):
            raise _UnknownError
        return key

    def line(self, prompt: str) -> str:
        """A line up to Enter, with what Backspace takes back."""
        typed: list[str] = []
        for key in self._keys:
            if key in ("<CR>", "<C-m>", "<C-j>"):
                return "".join(typed)
            if key in ("<BS>", "<C-h>"):
                if not typed:
                    raise _UnknownError
                typed.pop()
            elif key == "<C-u>":
                typed.clear()
            elif key == "<C-w>":
                while typed and typed[-1].isspace():
                    typed.pop()
                while typed and not typed[-1].isspace():
                    typed.pop()
            elif key == "<Space>":
                typed.append(" ")
            elif key == "<Tab>":
                typed.append("\t")
            elif not is_named(key):
                typed.append(key)
        raise _OutOfKeysError(Unfinished(prompt, "".join(typed)))


def parse(keys: Sequence[str], *, visual: bool) -> Command | Unfinished | None:
    """The command that the keys make, or that they do not make one yet; None if they never will."""
    try:
        return _command(_Keys(keys), visual)
    except _OutOfKeysError as out:
        return out.unfinished
    except _UnknownError:
        return None


def _count(keys: _Keys, key: str) -> tuple[int | None, str]:
    """A count and the key after it; 0 begins no count."""
    count: int | None = None
    while len(key) == 1 and key in "0123456789" and (key != "0" or count is not None):
        count = min(MAX_COUNT, (count or 0) * 10 + int(key))
        key = keys.take()
    return count, key


def _times(one: int | None, other: int | None) -> int | None:
    return None if one is None and other is None else min(MAX_COUNT, (one or 1) * (other or 1))


def _command(keys: _Keys, visual: bool) -> Command:
    register, count, key = "", None, keys.take()
    while True:
        more, key = _count(keys, key)
        count = _times(count, more)
        if key != '"':
            break
        register, key = keys.character(), keys.take()
        if register not in NAMES:
            raise _UnknownError
    name = ALIASES.get(key, key)
    if name in PREFIXES:
        name += keys.take()
    if name == ":":
        return Command(":", register, count, argument=keys.line(":"))
    if visual:
        return _visual_command(keys, name, register, count)
    if name in OPERATORS:
        return _operator(keys, Command(name, register, count))
    if name in SHORT:
        action, motion = SHORT[name]
        return Command(action, register, count, motion)
    if name in PLAIN:
        return Command(name, register, count)
    if name in WITH_ARGUMENT:
        return Command(name, register, count, argument=_argument(keys, name))
    return _motion(keys, Command("move", register, count), name)


def _visual_command(keys: _Keys, name: str, register: str, count: int | None) -> Command:
    if name in ("i", "a"):
        return Command("select", register, count, _text_object(keys, name))
    if name in VISUAL:
        return Command(name, register, count)
    if name in WITH_ARGUMENT:
        return Command(name, register, count, argument=_argument(keys, name))
    return _motion(keys, Command("move", register, count), name)


def _argument(keys: _Keys, name: str) -> str:
    key = keys.take()
    if name == "r":
        key = {"<CR>": "\n", "<Tab>": "\t", "<Space>": " "}.get(key, key)
    if is_named(key) or (name == "m" and not ("a" <= key <= "z" or key in "'`")):
        raise _UnknownError
    return key


def _operator(keys: _Keys, command: Command) -> Command:
    count, key = _count(keys, keys.take())
    command = replace(command, count=_times(command.count, count))
    name = ALIASES.get(key, key)
    if name in ("i", "a"):
        return replace(command, motion=_text_object(keys, name))
    if name in PREFIXES:
        name += keys.take()
    if name in (command.action, command.action[-1]):
        return replace(command, motion="line")
    return _motion(keys, command, name)


def _text_object(keys: _Keys, name: str) -> str:
    key = keys.take()
    if key not in TEXT_OBJECTS:
        raise _UnknownError
    return name + key


def _motion(keys: _Keys, command: Command, name: str) -> Command:
    if name not in MOTIONS:
        raise _UnknownError
    argument = ""
    if name in PROMPTS:
        argument = keys.line(name)
    elif name in WITH_CHARACTER:
        key = keys.take()
        argument = {"<Tab>": "\t", "<Space>": " "}.get(key, key)
        if is_named(argument):
            raise _UnknownError
    return replace(command, motion=name, argument=argument)
