"""Mail about hand-offs: what it says, and how it is sent."""
