"""Who said what: quotation marks, verbs of saying, reported clauses, speakers."""
