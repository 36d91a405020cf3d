"""What pieces of text tell by their looks: each piece between blanks is judged once a process."""

from __future__ import annotations

from collections.abc import Callable, Iterable

_MOST = 50_000  # pieces remembered


class Looks(dict[str, int]):
    """The clues, as bits, that ``judge`` sees in each piece of text met so far."""

    def __init__(self, judge: Callable[[str], int]) -> None:
        super().__init__()
        self.judge = judge

    def __missing__(self, piece: str) -> int:
        if len(self) >= _MOST:
            self.clear()
        clues = self[piece] = self.judge(piece)
        return clues

    def of(self, pieces: Iterable[str]) -> int:
        """Return the clues in a text that is split at its blanks."""
        found = 0
        for clues in set(map(self.__getitem__, pieces)):  # few differ: most are none
            found |= clues
        return found
