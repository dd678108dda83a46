"""Reading: from text to entities, quotes, quantities, times and events.

The only room that imports spaCy. `findings` holds the plain nouns and loads without it; `components`
holds one `Doc -> Doc` callable a file; `lexicons/<lang>` and `knowledge` hold what is known of words
and of the world, as YAML.
"""
