"""Reading a YAML file while remembering the line on which each field stands."""

from dataclasses import dataclass
from pathlib import Path

import yaml
from yaml.constructor import SafeConstructor

from kb.errors import Fault, FieldPath, field_name

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


def read_yaml(path: Path, name: str, faults: list[Fault]) -> YamlFile | None:
    """The parsed file; None (and a fault added) where it is missing, no UTF-8 or no YAML."""
    text = read_text(path, name, faults)
    if text is None:
        return None
    try:
        return _YamlReader(name, faults).read(yaml.compose(text, Loader=_Loader))
    except yaml.MarkedYAMLError as error:
        faults.append(_syntax_fault(name, text.split("\n"), error))
    except yaml.YAMLError:
        rows = enumerate(text.split("\n"), start=1)
        line = next((number for number, row in rows if not _printable(row)), 1)
        faults.append(Fault(name, line, "file", "holds a control character", "remove the character"))
    return None


def _syntax_fault(name: str, rows: list[str], error: yaml.MarkedYAMLError) -> Fault:
    mark, opened = error.problem_mark, error.context_mark
    if opened and mark and not "".join((rows[mark.line][mark.column :], *rows[mark.line + 1 :])).strip():
        mark = opened  # a quotation mark or bracket that is never closed is missed at the end only
    line = mark.line + 1 if mark else 1
    if "\t" in rows[line - 1]:
        return Fault(name, line, "file", "is no YAML: a tab", "indent with spaces")
    remedy = "mend the line or the one above; a text with a colon in it goes in quotes"
    return Fault(name, line, "file", f"is no YAML: {error.problem}", remedy)


def read_text(path: Path, name: str, faults: list[Fault]) -> str | None:
    """The file's text without a byte order mark; None (and a fault added) where it can't be read."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        faults.append(Fault(name, 1, "file", f"can't be read ({error.strerror})", "restore the file"))
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        faults.append(Fault(name, line, "file", "is not UTF-8", "save it with the encoding UTF-8"))
    return None


def _printable(row: str) -> bool:
    return yaml.reader.Reader.NON_PRINTABLE.search(row) is None


class _YamlReader:
    def __init__(self, name: str, faults: list[Fault]) -> None:
        self.name = name
        self.faults = faults
        self.lines: dict[FieldPath, int] = {(): 1}
        self.scalars = SafeConstructor()
        self.read_nodes: set[int] = set()

    def read(self, root: yaml.Node | None) -> YamlFile:
        tree = self._value(root, ()) if root is not None else None
        return YamlFile(self.name, tree, self.lines)

    def _fault(self, node: yaml.Node, path: FieldPath, what: str, remedy: str) -> None:
        line = node.start_mark.line + 1
        self.faults.append(Fault(self.name, line, field_name(path), what, remedy))

    def _value(self, node: yaml.Node, path: FieldPath) -> object:
        self.lines.setdefault(path, node.start_mark.line + 1)
        if id(node) in self.read_nodes:  # an alias can even stand inside of what it repeats
            what = "an alias (*) repeats this, which content files don't have"
            raise yaml.composer.ComposerError(None, None, what, node.start_mark)
        self.read_nodes.add(id(node))
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, path)
        if isinstance(node, yaml.SequenceNode):
            return [self._value(child, (*path, number)) for number, child in enumerate(node.value)]
        return self._scalar(node, path)

    def _scalar(self, node: yaml.Node, path: FieldPath) -> object:
        try:
            return self.scalars.construct_object(node)
        except ValueError as error:  # a date such as 2020-13-01
            self._fault(node, path, f"can't be read: {error}", "put it in quotes")
            return str(node.value)

    def _mapping(self, node: yaml.MappingNode, path: FieldPath) -> dict[str, object]:
        mapping: dict[str, object] = {}
        for key_node, value_node in node.value:
            if not isinstance(key_node, yaml.ScalarNode):
                self._fault(key_node, path, "has a field without a name", "write name: value")
                continue
            key = str(key_node.value)  # as it is written: NO is Norway, not false
            if key in mapping:
                self._fault(key_node, (*path, key), "stands twice", "keep one of the two")
            self.lines[*path, key] = key_node.start_mark.line + 1
            mapping[key] = self._value(value_node, (*path, key))
        return mapping
