"""A result as one page to review it on: ``page`` writes it, from the data of ``payload`` and the scripts beside it."""
