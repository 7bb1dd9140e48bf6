"""The text of Word and RTF documents."""

from __future__ import annotations

from pathlib import Path

from framing.corpus.readers import ArticlesError, missing_library


def docx_text(path: Path) -> str:
    """The paragraphs, joined by line breaks."""
    try:
        import docx
    except ImportError:
        raise missing_library(".docx", "python-docx") from None
    try:
        return "\n".join(paragraph.text for paragraph in docx.Document(str(path)).paragraphs)
    except Exception:
        raise ArticlesError("not a readable Word document; save it again.") from None


def rtf_text(path: Path) -> str:
    """The paragraphs, joined by line breaks."""
    try:
        from striprtf.striprtf import rtf_to_text
    except ImportError:
        raise missing_library(".rtf", "striprtf") from None
    return str(rtf_to_text(path.read_text(encoding="ascii", errors="replace")))
