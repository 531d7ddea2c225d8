"""Every address that the application answers, drawn from its routes."""

import re

from flask import Flask
from werkzeug.routing import Rule

# What stands for a part of an address; any other is one that leads nowhere.
PARTS = {"language": "cs", "entry_id": "sim-pin", "filename": "page.css"}
# Addresses that no route's pattern shows: a page of another kind, and one that there is not.
MORE = ("/help/xx", "/nothing", "/help/sim-pin", "/console/entries/nothing")
READING = frozenset({"GET", "HEAD", "OPTIONS"})


def address(rule: Rule) -> str:
    """An address that the route answers."""
    return re.sub(r"<(?:\w+:)?(\w+)>", lambda part: PARTS.get(part[1], "nothing"), rule.rule)


def addresses(app: Flask) -> list[str]:
    """One of every route that can be looked at, and a few more."""
    return [*(address(rule) for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())), *MORE]


def changes(app: Flask) -> list[tuple[str, str]]:
    """Method and address of every route that changes something."""
    rules = app.url_map.iter_rules()
    return [(method, address(rule)) for rule in rules for method in sorted((rule.methods or set()) - READING)]
