"""Physical lines of a file, one after the other, of which none is held that is longer than an article may be."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TextIO

from framing.corpus.decoding import find_encoding, not_any_more, open_text
from framing.corpus.readers import ArticlesError, Noticed, Opening, Reading, Refused


class Lines:
    """The lines of a file that are still to be read; what was taken too early can be given back.

    A line longer than `longest` characters is dropped while it is read and comes as None.
    """

    def __init__(self, file: TextIO, longest: int):
        self._file, self._longest = file, longest
        self._ahead: deque[str | None] = deque()
        self.number = 0
        """How many lines were taken."""

    def __iter__(self) -> Iterator[str | None]:
        return self

    def __next__(self) -> str | None:
        line = self._ahead.popleft() if self._ahead else self._read()
        self.number += 1
        return line

    def give_back(self, lines: list[str | None]) -> None:
        """Put lines before those that are to come."""
        self._ahead.extendleft(reversed(lines))
        self.number -= len(lines)

    def _read(self) -> str | None:
        line = self._file.readline(self._longest + 2)  # its end may be two characters
        if not line:
            raise StopIteration
        if len(line.rstrip("\r\n")) <= self._longest:
            return line
        while line and not line.endswith(("\n", "\r")):
            line = self._file.readline(self._longest)
        return None


def read_lines(path: Path, name: str, opening: Opening, newline: str, read: Callable[[Lines, str, int], Reading]) -> Reading:
    """What `read(lines, name, longest)` makes of a file's lines; before it what must be said of the encoding, and behind it where
    the file stops being in it. `newline` as for `open`."""
    try:
        encoding = find_encoding(path, opening.encoding)
    except ArticlesError as error:
        yield Refused(name, "file", str(error))
        return
    if encoding.note:
        yield Noticed(name, "file", encoding.note)
    with open_text(path, encoding, newline=newline) as file:
        lines = Lines(file, opening.longest)
        try:
            yield from read(lines, name, opening.longest)
        except UnicodeDecodeError:
            yield Refused(name, f"after line {lines.number}", not_any_more(encoding))
