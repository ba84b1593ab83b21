"""Reads YAML written by strangers: plain values of bounded size, no tags that make objects, no aliases."""

from typing import Any

import yaml

from sparring.problems.files import Folder

MAX_YAML_BYTES = 262_144


class _PlainLoader(yaml.SafeLoader):
    """An alias can stand for a value with aliases, and so on: few lines that mean billions of values."""

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):
            mark = self.peek_event().start_mark  # type: ignore[no-untyped-call]
            raise yaml.MarkedYAMLError(problem="aliases are not read here", problem_mark=mark)
        return super().compose_node(parent, index)


def read_yaml(files: Folder, name: str) -> dict[str, Any]:
    """The map in a file; an empty one if the file is empty. Raises `ProblemError` with the line."""
    text = files.text(name, MAX_YAML_BYTES)
    try:
        value = yaml.load(text, _PlainLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        where = f"line {mark.line + 1}: " if mark else ""
        raise files.complaint(name, f"{where}{error.problem or error.context or 'is no YAML'}") from error
    except (yaml.YAMLError, ValueError, OverflowError) as error:
        raise files.complaint(name, f"is no YAML: {' '.join(str(error).split())[:200]}") from error
    except RecursionError:
        raise files.complaint(name, "is nested too deep") from None
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise files.complaint(name, "must be a map")
    return {str(key): item for key, item in value.items()}
