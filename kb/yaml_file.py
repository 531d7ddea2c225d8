"""Reading a YAML file while remembering the line on which each field stands."""

from dataclasses import dataclass
from pathlib import Path

import yaml
from yaml.constructor import SafeConstructor

from kb.errors import Fault

FieldPath = tuple[str | int, ...]

# libyaml parses ten times as fast; not every platform's PyYAML has it.
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class YamlFile:
    """A parsed file: `tree` is plain Python (dict, list, scalars); `lines` counts from 1."""

    name: str
    tree: object
    lines: dict[FieldPath, int]

    def line_of(self, path: FieldPath) -> int:
        """The line of the field, or of its nearest ancestor that stands in the file."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)

    def fault(self, path: FieldPath, what: str, remedy: str) -> Fault:
        """A fault at the field."""
        return Fault(self.name, self.line_of(path), field_name(path), what, remedy)


def field_name(path: FieldPath) -> str:
    """The path as an editor reads it: ("answer", 0, "cs") is "answer[1].cs"."""
    name = ""
    for step in path:
        name += f"[{step + 1}]" if isinstance(step, int) else f".{step}" if name else step
    return name or "file"


def read_yaml(path: Path, name: str, faults: list[Fault]) -> YamlFile | None:
    """The parsed file; None (and a fault added) where it is missing, no UTF-8 or no YAML."""
    try:
        text = path.read_text(encoding="utf-8")
        root = yaml.compose(text, Loader=_Loader)
    except OSError as error:
        faults.append(Fault(name, 1, "file", f"can't be read ({error.strerror})", "restore the file"))
    except UnicodeDecodeError:
        faults.append(Fault(name, 1, "file", "is not UTF-8", "save it with the encoding UTF-8"))
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        faults.append(Fault(name, line, "file", f"is no YAML: {error.problem}", "mend the line or the one above"))
    except yaml.YAMLError as error:
        faults.append(Fault(name, 1, "file", f"is no YAML: {error}", "remove the character"))
    else:
        return _YamlReader(name, faults).read(root)
    return None


class _YamlReader:
    def __init__(self, name: str, faults: list[Fault]) -> None:
        self.name = name
        self.faults = faults
        self.lines: dict[FieldPath, int] = {(): 1}
        self.scalars = SafeConstructor()

    def read(self, root: yaml.Node | None) -> YamlFile:
        tree = self._value(root, ()) if root is not None else None
        return YamlFile(self.name, tree, self.lines)

    def _value(self, node: yaml.Node, path: FieldPath) -> object:
        self.lines.setdefault(path, node.start_mark.line + 1)
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, path)
        if isinstance(node, yaml.SequenceNode):
            return [self._value(child, (*path, number)) for number, child in enumerate(node.value)]
        return self.scalars.construct_object(node)  # type: ignore[no-untyped-call]

    def _mapping(self, node: yaml.MappingNode, path: FieldPath) -> dict[object, object]:
        mapping: dict[object, object] = {}
        for key_node, value_node in node.value:
            key = self.scalars.construct_object(key_node)  # type: ignore[no-untyped-call]
            field = (*path, key if isinstance(key, int) and not isinstance(key, bool) else str(key))
            line = key_node.start_mark.line + 1
            if key in mapping:
                what = "stands twice"
                self.faults.append(Fault(self.name, line, field_name(field), what, "keep one of the two"))
            self.lines[field] = line
            mapping[key] = self._value(value_node, field)
        return mapping
