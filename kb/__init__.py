"""The knowledge base: its content, the types that hold it, loading and checking it."""
