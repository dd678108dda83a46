"""Short reports of one event in German and English, beside look-alikes; written by us."""
