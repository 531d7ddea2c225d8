"""The chat widget's files as they are sent: without comments and indents, compressed for browsers that take it."""

import gzip
import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent / "static" / "widget"
LOADER = "widget.js"
JAVASCRIPT = "text/javascript; charset=utf-8"
_TYPES = {".js": JAVASCRIPT, ".css": "text/css; charset=utf-8"}
# Whole lines only: a comment behind code may be part of a string.
_COMMENT = re.compile(r"^[ \t]*(?:/\*.*?\*/|//[^\n]*)\n", re.MULTILINE | re.DOTALL)
_INDENT = re.compile(r"^\s+", re.MULTILINE)
# Where a line can't end a statement. A comment behind code would swallow the next line: there is none (tests/web).
_JOINED = re.compile(r"(?<=[{;,(\[])\n|\n(?=[})\]])")
_SPACE = re.compile(r"\s*([{};,])\s*")


@dataclass(frozen=True, slots=True)
class ServedFile:
    """A file's bytes, the same compressed by gzip, and its type."""

    content: bytes
    gzipped: bytes
    content_type: str

    @classmethod
    def of(cls, text: str, content_type: str) -> "ServedFile":
        """The file of a text."""
        content = text.encode()
        return cls(content, gzip.compress(content, mtime=0), content_type)


def widget_files() -> dict[str, ServedFile]:
    """The scripts and styles by name, all but the loader."""
    paths = [path for path in sorted(FOLDER.iterdir()) if path.suffix in _TYPES and path.name != LOADER]
    return {path.name: ServedFile.of(lean(path), _TYPES[path.suffix]) for path in paths}


def lean(path: Path) -> str:
    """The text of a script or a style sheet without comments and indents; of styles without spaces, too."""
    text = _INDENT.sub("", _COMMENT.sub("", path.read_text(encoding="utf-8")))
    if path.suffix == ".js":
        return _JOINED.sub("", text)
    return _SPACE.sub(r"\1", text).replace(": ", ":").replace(";}", "}")


def widget_version() -> str:
    """The hash of the widget's files: 12 hexadecimal digits."""
    digest = hashlib.sha256()
    for path in sorted(FOLDER.iterdir()):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:12]
