"""Words become facets: of which level, fund, account, side, stage, measure, group, place and owner a number is.

The words and what they mean are data under ``patterns/scope``. Claims and the cells of tables are read alike: a text is
searched once (``find_facets``), and what of it governs a number is chosen by where it stands (``choose_scope``).
"""

from extractor.scope.choice import (
    Stretch,
    choose_scope,
    fill_scope,
    fits_role,
    read_heading,
    read_headings,
    read_name,
    read_title,
)
from extractor.scope.facets import JOINT, Found, find_facets, list_bodies, list_levels, read_label

__all__ = [
    "JOINT",
    "Found",
    "Stretch",
    "choose_scope",
    "fill_scope",
    "find_facets",
    "fits_role",
    "list_bodies",
    "list_levels",
    "read_heading",
    "read_headings",
    "read_label",
    "read_name",
    "read_title",
]
