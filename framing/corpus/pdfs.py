"""The text of PDF files, its printed lines joined to paragraphs."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

from framing.corpus.readers import ArticlesError, hush, missing_library

# A printed line that is shorter than this share of the page's full lines ends a paragraph (chosen).
FULL_LINE = 0.7
# Before a small letter the hyphen goes with the line end, before a capital it stays: "North-Sorrel" (chosen).
_HYPHEN = re.compile(r"[^\W\d]-$")


def pdf_text(path: Path) -> tuple[str, list[int]]:
    """The text of a PDF file, one line a paragraph, and the numbers of the pages that hold no text.

    Raises ArticlesError for a damaged or locked file and for a scan, which holds pictures of words and no words.
    """
    pages = _page_texts(path)
    empty = [number for number, text in enumerate(pages, start=1) if not any(letter.isalnum() for letter in text)]
    if len(empty) == len(pages):
        pictures = "1 page holds" if len(pages) == 1 else f"{len(pages)} pages hold"
        raise ArticlesError(f"the {pictures} no text (a scan?); recognise the text first (OCR) and save it as .txt.")
    return "\n".join(join_lines(text) for text in pages), empty


def _page_texts(path: Path) -> list[str]:
    try:
        from pypdf import PdfReader
    except ImportError:
        raise missing_library(".pdf", "pypdf") from None
    hush("pypdf")
    try:
        with PdfReader(path) as reader:
            locked = reader.is_encrypted and not reader.decrypt("")
            pages = [] if locked else [page.extract_text() for page in reader.pages]
    except Exception as error:  # damage comes out of pypdf as whatever the damaged place leads to
        raise ArticlesError(f"not a readable PDF file ({type(error).__name__}); save it again.") from None
    if locked:
        raise ArticlesError("the file is locked with a password; save it without one.")
    return pages


def join_lines(page: str) -> str:
    """A page's printed lines joined to paragraphs: a line break ends a sentence, and the ends of printed lines do not.

    >>> join_lines("The envoys met in Sor-\\nrel on Monday.\\nNobody said what comes\\nafter that.")
    'The envoys met in Sorrel on Monday.\\nNobody said what comes after that.'
    """
    lines = [line.strip() for line in page.strip().split("\n")]
    full = sorted(map(len, lines))[int(0.9 * len(lines))]
    joined = lines[0]
    for line, following in pairwise(lines):
        if not line or len(line) < FULL_LINE * full:
            joined += "\n" + following
        elif _HYPHEN.search(line):
            joined = (joined[:-1] if following[:1].islower() else joined) + following
        else:
            joined += " " + following
    return joined
