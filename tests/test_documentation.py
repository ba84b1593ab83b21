"""What is documented is what there is."""

import re
from pathlib import Path

from sparring.problems import expanding, type_syntax
from sparring.profile import SETTINGS, ZOOM_PERCENT, Setting
from sparring.runner import LANGUAGES
from sparring.ui.shell.actions import ACTIONS

ROOT = Path(__file__).parents[1]


def test_every_key_is_in_the_guide() -> None:
    guide = (ROOT / "docs" / "using-sparring.md").read_text()
    for action in ACTIONS:
        assert f"| `{action.key}` | {action.words} | {action.where} |" in guide


def test_every_setting_is_in_the_guide() -> None:
    guide = (ROOT / "docs" / "using-sparring.md").read_text()
    for one in SETTINGS:
        assert f"| {one.shown.group} | {one.shown.words} | {one.shown.help or '·'} | {default_words(one)} |" in guide


def test_every_type_form_and_language_is_in_the_problem_format() -> None:
    text = (ROOT / "docs" / "problem-format.md").read_text()
    for name in type_syntax.NAMES:
        assert re.search(rf"`{name}[`\[]", text), name
    for form in expanding.FORMS:
        assert f'{{"{form}": ' in text
    for language in LANGUAGES.values():
        assert re.search(rf"\b{re.escape(language.title)}", text), language.title


def default_words(one: Setting) -> str:
    if one.kind == "choice":
        return dict(one.choices)[str(one.default)].lower()
    if one.kind == "switch":
        return "on" if one.default else "off"
    if one.kind == "port":
        return str(one.default)
    return f"{100 + ZOOM_PERCENT * int(str(one.default))} %" if one.kind == "number" else "·"


def test_no_lock_file_names_a_registry() -> None:
    for name in ("requirements.txt", "tests/interop/package-lock.json"):
        text = (ROOT / name).read_text()
        assert "index-url" not in text
        assert '"resolved"' not in text
