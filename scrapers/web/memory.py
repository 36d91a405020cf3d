"""Memories of what was fetched: none, and one that lasts as long as the process."""

from __future__ import annotations

from warehouse.fields import Capture


class Forgetful:
    """Asks for everything anew and keeps nothing."""

    def recall(self, url: str) -> Capture | None:
        return None

    def keep(self, capture: Capture) -> None:
        pass


class InMemory:
    """The latest capture of each address."""

    def __init__(self) -> None:
        self.captures: dict[str, Capture] = {}

    def recall(self, url: str) -> Capture | None:
        return self.captures.get(url)

    def keep(self, capture: Capture) -> None:
        self.captures[capture.url] = capture
