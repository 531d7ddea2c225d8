"""The database: conversations, ratings, hand-offs, mail that waits, and the people of the console."""
