"""What is documented is what there is."""

from pathlib import Path

from sparring.ui.shell.actions import ACTIONS

ROOT = Path(__file__).parents[1]


def test_every_key_is_in_the_guide() -> None:
    guide = (ROOT / "docs" / "using-sparring.md").read_text()
    for action in ACTIONS:
        assert f"| `{action.key}` | {action.words} | {action.where} |" in guide


def test_no_lock_file_names_a_registry() -> None:
    for name in ("requirements.txt", "tests/interop/package-lock.json"):
        text = (ROOT / name).read_text()
        assert "index-url" not in text
        assert '"resolved"' not in text
