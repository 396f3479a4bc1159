"""Draws chart records as SVG and PNG through Altair and vl-convert."""
