"""A property that is read once. `cached_property` takes a lock, five times as long."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

S = TypeVar("S")
T = TypeVar("T")


class once(Generic[S, T]):  # noqa: N801 - used as `property` is
    """As `property`, with the value kept in the holder in its place."""

    def __init__(self, read: Callable[[S], T]) -> None:
        self.read, self.name = read, read.__name__

    def __get__(self, holder: S, owner: type[S]) -> T:
        value = self.read(holder)
        object.__setattr__(holder, self.name, value)  # cheaper than by `__dict__`, which it makes
        return value
