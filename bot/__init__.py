"""One turn of a conversation: reading a message, deciding, composing the reply."""
