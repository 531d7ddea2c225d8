"""The ways in: HTTP API, chat widget, storage of conversations, command line."""
