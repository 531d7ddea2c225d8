"""The ways in: HTTP API, chat page, storage of conversations, command line."""
