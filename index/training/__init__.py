"""Training of the bundled encoder: from a corpus to a sentence-transformers folder (needs the extra `train`)."""
