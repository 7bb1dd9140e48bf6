"""Contrasts to figures, tables and pages: how results are shown."""
