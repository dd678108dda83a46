"""Rules: the rule model, loader, validators, matcher and its explanation.

Takes text and findings, returns values. No files, no store, no spaCy; regular expressions of users
are RE2 only.
"""
