"""The rules: each file has ``find(book)``, which yields a draft for every relation of its kind in a result."""
