"""What is measured part by part, and kept: a measurement that was broken off goes on where it was."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from pydantic import TypeAdapter

Made = TypeVar("Made")


class Parts:
    """The parts that are measured, by name, in a file (None: nowhere)."""

    def __init__(self, path: Path | None, *, resume: bool = False) -> None:
        self._path = path
        self._made: dict[str, object] = {}
        if resume and path is not None and path.exists():
            self._made = json.loads(path.read_text(encoding="utf-8"))

    def part(self, name: str, kind: type[Made], make: Callable[[], Made]) -> Made:
        """The part of that name: as it is kept, or made now and kept."""
        adapter = TypeAdapter(kind)
        if name not in self._made:
            self._made[name] = adapter.dump_python(make(), mode="json")
            self._keep()
        return adapter.validate_python(self._made[name])

    def _keep(self) -> None:
        if self._path is not None:
            aside = self._path.with_suffix(".new")
            aside.write_text(json.dumps(self._made, indent=2) + "\n", encoding="utf-8")
            aside.replace(self._path)
