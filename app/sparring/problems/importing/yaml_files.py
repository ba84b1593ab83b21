"""Reads YAML written by strangers: plain values of bounded size, no tags that make objects, no aliases."""

import functools
from typing import TYPE_CHECKING, Any

from sparring.problems.files import Folder

if TYPE_CHECKING:
    import yaml

MAX_YAML_BYTES = 65_536
"""The safe loader is written in Python and reads some 30 KB a second."""
MAX_BRACKETS = 100
"""Inside one another. The loader's time grows with their square before it gives up by itself."""


def read_yaml(files: Folder, name: str) -> dict[str, Any]:
    """The map in a file; an empty one if the file is empty. Raises `ProblemError` with the line."""
    # Late: only a Kattis package needs it.
    import yaml

    text = files.text(name, MAX_YAML_BYTES)
    try:
        value = yaml.load(text, _plain_loader())
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        where = f"line {mark.line + 1}: " if mark else ""
        raise files.complaint(name, f"{where}{error.problem or error.context or 'is no YAML'}") from error
    except (yaml.YAMLError, ValueError, OverflowError, TypeError) as error:
        raise files.complaint(name, f"is no YAML: {' '.join(str(error).split())[:200]}") from error
    except RecursionError:
        raise files.complaint(name, "is nested too deep") from None
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise files.complaint(name, "must be a map")
    return {str(key): item for key, item in value.items()}


@functools.cache
def _plain_loader() -> "type[yaml.SafeLoader]":
    import yaml

    class PlainLoader(yaml.SafeLoader):
        """Without aliases: they stand for values with aliases, and so on, billions of values in few lines."""

        def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
            if self.check_event(yaml.AliasEvent):
                mark = self.peek_event().start_mark  # type: ignore[no-untyped-call]
                raise yaml.MarkedYAMLError(problem="aliases are not read here", problem_mark=mark)
            return super().compose_node(parent, index)

        def fetch_flow_collection_start(self, token: Any) -> None:
            if self.flow_level >= MAX_BRACKETS:
                raise yaml.MarkedYAMLError(problem="it is nested too deep", problem_mark=self.get_mark())
            super().fetch_flow_collection_start(token)

    return PlainLoader
