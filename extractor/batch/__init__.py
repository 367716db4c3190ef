"""Many files become one store: each read once, in a process of its own, and what was read is kept exactly.

``items`` finds the files, ``work`` reads one, ``local`` spreads the work over processes, ``store`` keeps the results,
``database`` and ``export`` make them answer questions; ``plan`` says what is still to be read.
"""
