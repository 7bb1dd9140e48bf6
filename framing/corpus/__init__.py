"""Articles in: reading, page furniture, the embedded demo corpus."""
