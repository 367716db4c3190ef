"""Files become Documents: text with offsets, pages, boxes and paragraphs.

``read`` takes a path, bytes or a string and picks the reader by what the content is, not by the file's name.
"""
