"""Files that libraries' databases hand out, with many articles each: which reader knows which.

>>> [export.name for export in EXPORTS if ".rtf" in export.endings]
['Nexis', 'Factiva', 'LexisNexis']
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from framing.corpus.exports.europresse import read_europresse, recognise_europresse
from framing.corpus.exports.factiva import read_factiva, recognise_factiva
from framing.corpus.exports.lexisnexis import read_lexisnexis, recognise_lexisnexis
from framing.corpus.exports.nexis import read_nexis, recognise_nexis
from framing.corpus.exports.proquest import read_proquest, read_proquest_xml, recognise_proquest, recognise_proquest_xml
from framing.corpus.readers import Reading


@dataclass(frozen=True)
class Export:
    """A kind of export."""

    name: str
    """The database, as messages call it."""
    endings: tuple[str, ...]
    """The file endings in which it comes, in small letters."""
    recognises: Callable[[str], bool]
    """Whether a file's content (of .docx and .rtf the paragraphs, a line each) is such an export."""
    read: Callable[[str, str], Reading]
    """The articles of a file, by its name and content."""


# The first that recognises a content reads it: ProQuest's "Document 3 de 10" is also a mark of old French LexisNexis files.
EXPORTS: tuple[Export, ...] = (
    Export("ProQuest", (".txt",), recognise_proquest, read_proquest),
    Export("ProQuest TDM Studio", (".xml",), recognise_proquest_xml, read_proquest_xml),
    Export("Nexis", (".docx", ".rtf"), recognise_nexis, read_nexis),
    Export("Factiva", (".html", ".htm", ".rtf", ".docx"), recognise_factiva, read_factiva),
    Export("Europresse", (".html", ".htm"), recognise_europresse, read_europresse),
    Export("LexisNexis", (".txt", ".rtf", ".docx"), recognise_lexisnexis, read_lexisnexis),
)
