"""Turns data and prose into a Markdown tree and a site; knows no subject."""
