"""YAML whose every value remembers its line, so that a fault is shown where a person can mend it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from assistant.errors import BadInputError

Place = tuple[str | int, ...]
# The loader in C where there is one: ten times as fast, and as safe.
SAFE_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_NULL = "tag:yaml.org,2002:null"


@dataclass(frozen=True, slots=True)
class MarkedYaml:
    """A file's mappings, lists and strings (null is None, every other scalar stays text).

    Attributes:
        lines: place of a value, such as ``("measures", 0, "id")``, to its line, from 1.
    """

    file: str
    value: Any
    lines: Mapping[Place, int]

    def line(self, place: Place) -> int:
        """The line of a value, or of the nearest value around it that is in the file."""
        while place and place not in self.lines:
            place = place[:-1]
        return self.lines.get(place, 1)


def read_marked_yaml(path: Path) -> MarkedYaml:
    """The file at ``path``.

    Raises:
        BadInputError: it cannot be read, is no YAML, gives a key twice, or uses anchors.
    """
    try:
        node = yaml.compose(path.read_text(encoding="utf-8"), Loader=SAFE_LOADER)
    except (OSError, UnicodeDecodeError) as error:
        raise BadInputError(f"{path.name} cannot be read: {error}; give a UTF-8 YAML file") from error
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise BadInputError(f"{path.name}:{line}: no valid YAML: {error.problem}; correct the line") from error
    except yaml.YAMLError as error:
        raise BadInputError(f"{path.name}: no valid YAML: {error}; correct the file") from error
    walk = _Walk(path.name)
    return MarkedYaml(path.name, walk.value(node, ()) if node is not None else None, walk.lines)


class _Walk:
    """Turns nodes into values and notes their lines."""

    def __init__(self, file: str) -> None:
        self.lines: dict[Place, int] = {}
        self._file = file
        self._seen: set[int] = set()

    def value(self, node: yaml.Node, place: Place) -> Any:
        line = node.start_mark.line + 1
        self.lines[place] = line
        if id(node) in self._seen:
            raise BadInputError(f"{self._file}:{line}: anchors are not used here; write the value out")
        self._seen.add(id(node))
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, place)
        if isinstance(node, yaml.SequenceNode):
            return [self.value(item, (*place, index)) for index, item in enumerate(node.value)]
        return None if node.tag == _NULL else str(node.value)

    def _mapping(self, node: yaml.MappingNode, place: Place) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for key, value in node.value:
            line = key.start_mark.line + 1
            if not isinstance(key, yaml.ScalarNode):
                raise BadInputError(f"{self._file}:{line}: a key must be a word; correct the line")
            if key.value in values:
                raise BadInputError(f"{self._file}:{line}: {key.value!r} stands there twice; keep one")
            values[key.value] = self.value(value, (*place, key.value))
        return values
