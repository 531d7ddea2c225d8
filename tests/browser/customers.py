"""Customers who have talked to the assistant, for what the console shows of them."""

from typing import Any

import requests

QUESTIONS = (
    ("Jak zapnu roaming v Taycanu?", "AT", "up"),
    ("How do I activate roaming in my Macan from 2020?", "GB", "up"),
    ("K čemu je bezpečnostní kód?", "CZ", ""),
    ("Kolik stojí letenka do Tokia?", "CZ", ""),
    ("Jaká je cena letenky do Tokia?", "SK", "down"),
    ("How much is a flight to Tokyo?", "GB", ""),
    ("Jak vyměním baterii v klíči?", "CZ", ""),
    ("Baterka v klíči je vybitá, jak ji vyměním?", "CZ", "down"),
    ("Kdy mám jet do servisu?", "SK", ""),
    ("Jak smažu účet Porsche ID?", "AT", ""),
    ("Jak uložím PIN SIM karty v Panameře 2021?", "CZ", "up"),
    ("What is the security code for?", "CH", ""),
)
ROUNDS = 4


def _post(url: str, path: str, fields: dict[str, str]) -> dict[str, Any]:
    response = requests.post(f"{url}/api/v1/{path}", json=fields, timeout=60)
    response.raise_for_status()
    return dict(response.json())


def talk_to(url: str) -> str:
    """Lets customers ask and rate, and one of them ask for a person; the id of that case."""
    told: dict[str, Any] = {}
    for _ in range(ROUNDS):
        for question, country, rating in QUESTIONS:
            told = _post(url, "chat", {"message": question, "country": country})
            if rating:
                _post(url, "feedback", {"message_id": told["message_id"], "rating": rating, "comment": ""})
    told = _post(url, "chat", {"message": "Jak zapnu roaming v Taycanu?", "country": "AT"})
    wish = {"conversation_id": told["conversation_id"], "reply_to": "eva@example.com", "name": "Eva"}
    case = _post(url, "handoff", {**wish, "message": "Roaming se nezapnul. Zavolejte mi prosím."})
    return str(case["handoff_id"])
