"""Depesche: news alerts with the key quote, for Telegram and Slack.

The rooms and who may import whom are drawn in `bot/DESIGN.md`; import-linter holds them.
"""

__version__ = "0.1.0"
