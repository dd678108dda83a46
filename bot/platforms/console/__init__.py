"""The console: alerts on the terminal the bot runs in."""
