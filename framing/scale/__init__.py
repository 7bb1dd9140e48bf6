"""Corpora of any size: read and scored unit by unit, on many cores, on Dask or in shards, with memory that does not grow."""

SECONDS = 900.0
"""How long a unit may take (chosen: a hundred times what it does take)."""
