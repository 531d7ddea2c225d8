"""Faults of content, and the one error that carries them."""

from dataclasses import dataclass

FieldPath = tuple[str | int, ...]


def field_name(path: FieldPath) -> str:
    """The path as an editor reads it: ("answer", 0, "cs") is "answer[1].cs"."""
    name = ""
    for step in path:
        name += f"[{step + 1}]" if isinstance(step, int) else f".{step}" if name else step
    return name or "file"


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One thing that is wrong in a content file, and what to do about it."""

    file: str
    line: int
    field: str
    what: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.field}: {self.what} -> {self.remedy}"


class KbError(Exception):
    """The content folder can't be used; `faults` lists everything that is wrong with it."""

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = sorted(faults)
        count = f"{len(self.faults)} fault" + ("" if len(self.faults) == 1 else "s")
        super().__init__("\n".join([f"the content has {count}:", *map(str, self.faults)]))
