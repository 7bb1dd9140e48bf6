"""Contrasts to figures, tables and pages: how results are shown."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach(__name__, submodules=("figures", "tables"))
