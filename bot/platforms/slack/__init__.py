"""Slack: alerts into channels and direct messages, `/depesche` and buttons back over Socket Mode.

One way in for the wiring: `bot.platforms.slack.platform.SlackPlatform`.
"""
