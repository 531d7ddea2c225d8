"""The one error of the index layer."""


class IndexingError(Exception):
    """An index can't be built or opened; the message says what, where and what to do."""
