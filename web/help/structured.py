"""What search engines read of a page (schema.org, JSON-LD): nothing but what stands on it."""

import json
from collections.abc import Sequence
from datetime import date

from markupsafe import Markup

from bot.blocks import plain_text
from kb.model import Language
from web.help.entry_view import EntryView

Thing = dict[str, object]
# What could end the script element; as JSON these stand for the same.
_ESCAPED = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}


def faq_page(view: EntryView, language: Language, address: str, edited: date | None) -> Thing | None:
    """The question and its answer as a FAQPage; None where the page shows no answer."""
    answer = plain_text(view.blocks())
    if not answer:
        return None
    question: Thing = {
        "@type": "Question",
        "name": view.entry.question.text(language),
        "acceptedAnswer": {"@type": "Answer", "text": answer},
    }
    page: Thing = {"@type": "FAQPage", "url": address, "inLanguage": language.value, "mainEntity": [question]}
    return page | ({"dateModified": edited.isoformat()} if edited else {})


def breadcrumb(crumbs: Sequence[tuple[str, str]]) -> Thing:
    """The way to a page, as names and full addresses, as a BreadcrumbList."""
    rows = [
        {"@type": "ListItem", "position": number, "name": name, "item": address}
        for number, (name, address) in enumerate(crumbs, start=1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": rows}


def json_ld(things: Sequence[Thing]) -> Markup:
    """The things as the text of a script element, which is data: no policy need let it run."""
    graph = {"@context": "https://schema.org", "@graph": list(things)}
    return Markup(json.dumps(graph, ensure_ascii=False).translate(_ESCAPED))
