"""The chat widget's files as they are sent: without comments and indents, compressed for browsers that take it."""

import gzip
import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

from web.widget_bundle import bundle

FOLDER = Path(__file__).parent / "static" / "widget"
LOADER = "widget.js"
CHAT = "chat.js"
JAVASCRIPT = "text/javascript; charset=utf-8"
_CSS = "text/css; charset=utf-8"
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
    """The chat's script and the styles by name: all but the loader."""
    styles = {path.name: lean_styles(path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("*.css"))}
    chat = ServedFile.of(lean_script(bundle(FOLDER / CHAT)), JAVASCRIPT)
    return {CHAT: chat, **{name: ServedFile.of(text, _CSS) for name, text in styles.items()}}


def lean_script(text: str) -> str:
    """A script without comments and indents."""
    return _JOINED.sub("", _bare(text))


def lean_styles(text: str) -> str:
    """A style sheet without comments, indents and spaces."""
    return _SPACE.sub(r"\1", _bare(text)).replace(": ", ":").replace(";}", "}")


def _bare(text: str) -> str:
    return _INDENT.sub("", _COMMENT.sub("", text))


def widget_version(files: dict[str, ServedFile]) -> str:
    """The hash of what is sent: 12 hexadecimal digits."""
    digest = hashlib.sha256()
    for name, file in sorted(files.items()):
        digest.update(name.encode() + b"\0" + file.content)
    return digest.hexdigest()[:12]
