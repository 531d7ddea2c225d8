"""The help pages: every entry at an address of its own, in both languages, without scripts."""
