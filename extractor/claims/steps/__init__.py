"""One file for each step that a claim is made in; their order stands in ``extractor.claims.STEPS``."""
