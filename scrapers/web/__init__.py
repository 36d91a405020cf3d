"""Fetching pages politely: the client, robots rules, and every way in which it can fail."""
