"""Who gets the mail about a hand-off."""

from kb.knowledge_base import KnowledgeBase
from web.settings import Settings
from web.storage.handoffs import Recipient


def recipient_of(settings: Settings, base: KnowledgeBase) -> Recipient:
    """The one address that is set, else that of the customer's country; None where no mail can be sent."""
    addresses = {contact.country: contact.email for contact in base.contacts}

    def recipient(country: str | None) -> str | None:
        if settings.smtp_url is None:
            return None
        return settings.handoff_to or addresses.get(country or "")

    return recipient
