"""Measures how fast and how light the project is, beside others that do the same work; no part of the generator."""
