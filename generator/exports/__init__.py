"""The same records in the formats of other programs."""
