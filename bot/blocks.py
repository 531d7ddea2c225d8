"""The pieces that a reply is made of, and their plain text."""

from dataclasses import dataclass
from typing import Literal

from kb.fields import MenuPath


@dataclass(frozen=True, slots=True)
class Heading:
    """A title question (level 1) or the vehicles of a variant (level 2)."""

    text: str
    level: int = 1
    type: Literal["heading"] = "heading"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A text."""

    text: str
    type: Literal["paragraph"] = "paragraph"


@dataclass(frozen=True, slots=True)
class Note:
    """A text that is set off."""

    text: str
    type: Literal["note"] = "note"


@dataclass(frozen=True, slots=True)
class Steps:
    """Steps, in their order."""

    items: tuple[str, ...]
    type: Literal["steps"] = "steps"


@dataclass(frozen=True, slots=True)
class BulletList:
    """Texts in a list."""

    items: tuple[str, ...]
    type: Literal["list"] = "list"


@dataclass(frozen=True, slots=True)
class MenuPathBlock:
    """Words of a menu, one inside the other, and the words of the sentence around them."""

    path: tuple[str, ...]
    before: str
    after: str
    type: Literal["menu_path"] = "menu_path"


@dataclass(frozen=True, slots=True)
class ContactBlock:
    """The e-mail address of a country."""

    country: str
    name: str
    email: str
    type: Literal["contact"] = "contact"


Block = Heading | Paragraph | Note | Steps | BulletList | MenuPathBlock | ContactBlock


def plain_text(blocks: tuple[Block, ...]) -> str:
    """The blocks as plain text: a line each, menu paths with " > ", steps numbered."""
    return "\n".join(_text(block) for block in blocks)


def _text(block: Block) -> str:
    match block:
        case Steps(items):
            return "\n".join(f"{number}. {step}" for number, step in enumerate(items, start=1))
        case BulletList(items):
            return "\n".join(f"- {text}" for text in items)
        case MenuPathBlock(path, before, after):
            return str(MenuPath(path, before, after))
        case ContactBlock(email=email):  # the paragraph above it names the country
            return email
        case Heading(text) | Paragraph(text) | Note(text):
            return text
