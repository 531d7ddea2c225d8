"""Files of the console that a page can't do without, under addresses that browsers may keep."""

import hashlib
from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).parents[1] / "static" / "console"


@cache
def asset(name: str) -> str:
    """The address of a file, with a version that changes with what is in it."""
    version = hashlib.sha256((_FOLDER / name).read_bytes()).hexdigest()[:12]
    return f"/static/console/{name}?v={version}"
