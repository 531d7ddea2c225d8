"""From entries to a search index on disk, and searching it."""
