"""The command line `depesche …`: one file a command, thin: parse arguments, call, print.

What a command answers goes to standard output; logs and progress go to standard error.
"""
