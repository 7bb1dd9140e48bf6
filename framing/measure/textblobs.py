"""TextBlob's tables and tokeniser, without the packages that only its other parts need."""

from __future__ import annotations

import sys
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType


@cache
def load_textblob() -> tuple[ModuleType, ModuleType]:
    """TextBlob's modules `en` and `_text`.

    The package brings nltk and with it scipy's statistics, which take as long to import as all that one article needs. So it is
    imported in name only and then forgotten: whoever imports TextBlob gets all of it.
    """
    if "textblob" in sys.modules:
        return import_module("textblob.en"), import_module("textblob._text")
    found, package = find_spec("textblob"), ModuleType("textblob")
    package.__path__ = list(found.submodule_search_locations or ()) if found else []
    sys.modules["textblob"] = package
    try:
        return import_module("textblob.en"), import_module("textblob._text")
    finally:
        for name in [name for name in sys.modules if name.split(".")[0] == "textblob"]:
            del sys.modules[name]
