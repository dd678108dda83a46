"""Trained spaCy pipelines: which one reads a language, why another cannot, and how it is loaded.

A choice is `bundled` (comes with Depesche), `none` (rules alone) or the name of an installed package.
"""
