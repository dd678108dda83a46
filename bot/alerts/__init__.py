"""Alerts: the Alert, its key quote, the brief that people read, decide() and routing.

Pure. Markup of a platform is not known here; a platform escapes and lays out what `brief` gives.
"""
