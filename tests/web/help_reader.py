"""Reading a help page as a visitor does: its text, its links, its fields."""

import json
import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

VOID = frozenset({"meta", "link", "input", "br"})


@dataclass
class HelpPage(HTMLParser):
    """What stands on a page. `text`: what is seen of `main`, spaces and no-break spaces as one."""

    html: str
    links: list[dict[str, str]] = field(default_factory=list)
    heads: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    variants: list[str] = field(default_factory=list)
    forms: list[str] = field(default_factory=list)
    options: dict[str, list[str]] = field(default_factory=dict)
    chosen: dict[str, str] = field(default_factory=dict)
    structured: list[dict[str, Any]] = field(default_factory=list)
    language: str = ""
    text: str = ""

    def __post_init__(self) -> None:
        super().__init__()
        self._open: list[tuple[str, dict[str, str]]] = []
        self._texts: list[str] = []
        self.feed(self.html)
        self.text = flat("".join(self._texts))
        assert self._open == [], f"never closed: {self._open}"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag not in VOID:
            self._open.append((tag, given))
        if tag in {"link", "meta"}:
            self.heads.append((tag, given))
        self.ids += [given["id"]] if "id" in given else []
        match tag:
            case "html":
                self.language = given["lang"]
            case "a":
                self.links.append(given)
            case "form":
                self.forms.append(given["action"])
            case "section" if "data-variant" in given:
                self.variants.append(given["data-variant"])
            case "option":
                self._option(given)
        if tag in {"p", "li", "h1", "h2", "h3", "td", "th", "option"}:
            self._texts.append(" ")

    def _option(self, given: dict[str, str]) -> None:
        name = next(row["name"] for tag, row in reversed(self._open) if tag == "select")
        self.options.setdefault(name, []).append(given["value"])
        if "selected" in given:
            self.chosen[name] = given["value"]

    def handle_endtag(self, tag: str) -> None:
        opened, _ = self._open.pop()
        assert opened == tag, f"{opened} is closed by {tag}"

    def handle_data(self, data: str) -> None:
        tags = [tag for tag, _ in self._open]
        if tags[-1:] == ["script"] and self._open[-1][1].get("type") == "application/ld+json":
            self.structured.append(json.loads(data))
        if "main" in tags and "option" not in tags and self._open[-1][1].get("class") != "unseen":
            self._texts.append(data)

    def things(self, kind: str) -> list[dict[str, Any]]:
        """The things of that schema.org type that search engines read."""
        return [thing for graph in self.structured for thing in graph["@graph"] if thing["@type"] == kind]

    def head(self, tag: str, **attributes: str) -> list[dict[str, str]]:
        """The elements of the head with these attributes."""
        wanted = attributes.items()
        return [given for name, given in self.heads if name == tag and wanted <= given.items()]


def flat(text: str) -> str:
    """The text with one ordinary space for every run of white space."""
    return re.sub(r"[\s\u00a0]+", " ", text).strip()
