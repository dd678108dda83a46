"""The index over many rules: which few of them an article can make hold at all.

`needs.py` says what an article must have for a rule to hold, `presence.py` what an article has; both speak
in keys (`keys.py`). `rule_index.py` files each rule under the rarest of its needs. Nothing here decides
whether a rule holds: that stays with `judging.py`.
"""
