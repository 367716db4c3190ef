"""What the files of documents end in, for those who look for them by name; what a file is, its content tells."""

from __future__ import annotations

DOCUMENTS = (
    ".pdf", ".txt", ".htm", ".html", ".mht", ".mhtml", ".docx", ".doc", ".wps", ".rtf", ".odt",
    ".xlsx", ".xls", ".et", ".ods", ".csv", ".zip", ".ofd",
)  # fmt: skip
"""Those that are read, in folders too."""
MARKDOWN = (".md", ".markdown")
"""What nothing else tells from a text."""
OTHERS = MARKDOWN
"""Those that are read where they are named."""
