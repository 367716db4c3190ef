"""Work in a process of its own, within limits of time and memory: what harms that process harms nothing else.

``worker`` is one such process seen from outside, ``inside`` what it does to itself, ``desk`` calls one function after
the other in it and waits for each.
"""
