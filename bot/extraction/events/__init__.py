"""Events with modality: triggers and frames, how real they are, and who, whom, where, when, how much.

`lexicon` holds what the YAML says, `sentence` what is known of a sentence, `triggers` finds the events,
`modality` judges them, `slots` says who takes part, `measures` when and how much.
"""
