"""The HTTP API told by itself: an OpenAPI document made of the code's own models, and a page that shows it."""
