"""Spans that do not overlap, kept in order: who claims which stretch of a text, found by bisection."""

from __future__ import annotations

import bisect

Span = tuple[int, int]
"""Half-open offsets."""


class Spans:
    """Stretches of a text with the number of their owner.

    >>> spans = Spans()
    >>> spans.add((10, 20), 1)
    >>> spans.at(12), spans.at(20), spans.free((5, 30)), spans.within((15, 40)), spans.within((0, 12))
    (1, None, [(5, 10), (20, 30)], False, True)
    """

    def __init__(self) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []
        self._owners: list[int] = []

    def add(self, span: Span, owner: int) -> None:
        """Add a span that overlaps none before it."""
        index = bisect.bisect_left(self._starts, span[0])
        self._starts.insert(index, span[0])
        self._ends.insert(index, span[1])
        self._owners.insert(index, owner)

    def at(self, offset: int) -> int | None:
        """The owner of the span over an offset, if any."""
        index = bisect.bisect_right(self._starts, offset) - 1
        return self._owners[index] if index >= 0 and offset < self._ends[index] else None

    def within(self, span: Span) -> bool:
        """Whether any span begins inside the given one."""
        index = bisect.bisect_left(self._starts, span[0])
        return index < len(self._starts) and self._starts[index] < span[1]

    def touches(self, span: Span) -> bool:
        """Whether any span shares a character with the given one."""
        index = bisect.bisect_right(self._starts, span[0]) - 1
        return (index >= 0 and self._ends[index] > span[0]) or self.within(span)

    def over(self, span: Span) -> list[Span]:
        """The spans that share a character with the given one."""
        first = max(0, bisect.bisect_right(self._starts, span[0]) - 1)
        last = bisect.bisect_left(self._starts, span[1])
        return [(a, b) for a, b in zip(self._starts[first:last], self._ends[first:last], strict=True) if b > span[0]]

    def free(self, span: Span) -> list[Span]:
        """The parts of a span that nobody claims."""
        parts, position = [], span[0]
        index = max(0, bisect.bisect_right(self._starts, span[0]) - 1)
        while index < len(self._starts) and self._starts[index] < span[1]:
            if self._starts[index] > position:
                parts.append((position, self._starts[index]))
            position = max(position, self._ends[index])
            index += 1
        return [*parts, (position, span[1])] if position < span[1] else parts
