"""The widget's modules as one script, that one request brings: each in a function, with its names to itself."""

import re
from pathlib import Path

from web.errors import WebError

# The two forms that the modules use; any other is left as it is, and the browser would say so.
_IMPORT = re.compile(r'^import \{ (.+?) \} from "\./([\w-]+)\.js";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async function|function|class|const) (\w+))", re.MULTILINE)


def bundle(entry: Path) -> str:
    """The script of a module and all that it imports, with the module's exports. Raises WebError for a cycle."""
    *imported, last = _in_order(entry, ())
    written = [
        f"const ${path.stem} = (() => {{\n{_body(path)}return {{ {_exported(path)} }};\n}})();\n" for path in imported
    ]
    return "".join([*written, _body(last), f"export {{ {_exported(last)} }};\n"])


def _in_order(path: Path, importing: tuple[Path, ...]) -> list[Path]:
    """What the module imports, each once and after what it imports itself, and then the module."""
    if path in importing:
        raise WebError(f"{path.name} imports itself, by way of {', '.join(one.name for one in importing)}")
    names = [name for _, name in _IMPORT.findall(path.read_text(encoding="utf-8"))]
    found = [one for name in names for one in _in_order(path.with_name(f"{name}.js"), (*importing, path))]
    return list(dict.fromkeys([*found, path]))


def _body(path: Path) -> str:
    return _EXPORT.sub("", _IMPORT.sub(r"const { \1 } = $\2;\n", path.read_text(encoding="utf-8")))


def _exported(path: Path) -> str:
    return ", ".join(_EXPORT.findall(path.read_text(encoding="utf-8")))
