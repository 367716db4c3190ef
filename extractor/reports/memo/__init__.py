"""A memo of one page: the findings that were confirmed, as a letter of an office; ``memo`` writes it."""
