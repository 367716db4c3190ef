"""One page over all documents of a batch."""
