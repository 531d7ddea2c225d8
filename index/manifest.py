"""The manifest of an index folder: what it was made of."""

import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path

from index.errors import IndexingError

FILE_NAME = "manifest.json"

# Raised whenever the files of an index folder or the way to read them change.
FORMAT = 5


@dataclass(frozen=True, slots=True)
class Manifest:
    """What an index folder was made of, and how much it holds."""

    format: int
    kb_version: str
    encoder: str
    scoring: str
    entries: int
    passages: int

    @property
    def name(self) -> str:
        """The folder's name: the hash of content, encoder, weights and format."""
        parts = f"{self.format}\0{self.kb_version}\0{self.encoder}\0{self.scoring}"
        return hashlib.sha256(parts.encode()).hexdigest()[:16]

    def save(self, folder: Path) -> None:
        """Write the manifest into a folder."""
        (folder / FILE_NAME).write_text(json.dumps(asdict(self), indent=2) + "\n", encoding="utf-8")

    @classmethod
    def open(cls, folder: Path) -> "Manifest":
        """The manifest of a folder. Raises IndexingError where it is missing, broken or of another format."""
        try:
            manifest = cls(**json.loads((folder / FILE_NAME).read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError) as error:
            raise IndexingError(f"{folder}: no index ({error}); run `radce index build`") from error
        if manifest.format != FORMAT:
            raise IndexingError(f"{folder}: made by another version of radce; run `radce index build`")
        return manifest
