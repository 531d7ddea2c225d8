"""What comes into a turn: the customer's words and what the page says about the customer."""

from dataclasses import dataclass
from enum import Enum

from kb.model import Language


class Absent(Enum):
    """A field that the page did not send: the conversation keeps what it knows."""

    ABSENT = "absent"


ABSENT = Absent.ABSENT


@dataclass(frozen=True, slots=True)
class VehicleField:
    """A vehicle as the page names it: model id (None: any), generation code, model year."""

    model: str | None = None
    generation: str | None = None
    model_year: int | None = None


@dataclass(frozen=True, slots=True)
class Message:
    """One message. `language` None lets the words decide; None for country or vehicle clears it."""

    text: str
    language: Language | None = None
    page_language: Language | None = None
    country: str | Absent | None = ABSENT
    vehicle: VehicleField | Absent | None = ABSENT
