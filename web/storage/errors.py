"""What the database can't give."""

from web.errors import WebError


class UnknownConversationError(WebError):
    """There is no conversation of that id, or it has expired, or another version of radce stored it."""


class UnknownReplyError(WebError):
    """There is no reply of that id, or it has expired."""


class BusyError(WebError):
    """Too many turns of one conversation at once."""
