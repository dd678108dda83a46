"""The recipe of the bundled pipelines: from reference data and our own text to weights. See README.md."""
