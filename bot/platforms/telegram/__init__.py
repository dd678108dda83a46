"""Telegram: alerts as HTML messages, commands by long polling, through python-telegram-bot.

`platform.TelegramPlatform` is what the application wires.
"""
