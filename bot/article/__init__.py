"""The article: entry, Article, canonical URL, main text, language, fingerprint, clean text.

Pure functions and frozen values. No fetching, no clock, no spaCy.
"""
