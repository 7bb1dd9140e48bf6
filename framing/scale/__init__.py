"""Corpora of any size: read and scored unit by unit, on many cores, on Dask or in shards, with memory that does not grow."""
