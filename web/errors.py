"""The one error of the web layer."""


class WebError(Exception):
    """A setting, a file or the surroundings don't allow what was asked; the message says what, where and what to do."""
