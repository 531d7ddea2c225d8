"""The console of the agents of a contact centre: search, entries, the caller, replies to be copied, signing in."""
