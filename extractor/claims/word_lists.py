"""The word lists and expressions of ``patterns/claims/metrics.toml``, which tell what of some words is a name."""

from __future__ import annotations

from functools import cache

import regex
from msgspec import Struct

from extractor import patterns
from extractor.alternatives import alternation


class Lists(Struct, frozen=True, forbid_unknown_fields=True):
    """The word lists of ``patterns/claims/metrics.toml``."""

    front: list[str]
    back: list[str]
    whole: list[str]
    kept: list[str]
    medial: list[str]
    had: str
    of_all: str
    joined: list[str]
    generic: list[str]
    statement: tuple[str, ...]
    classes: list[str]
    institutions: list[str]
    held: list[str]
    budgeted: str
    due: str
    group: str
    grouped: str
    group_head: str
    group_end: str
    rated: str
    nominal: list[str]
    governing: list[str]
    said: list[str]
    opposed: list[str]
    alone: list[str]
    sides: list[str]
    summed: list[str]
    side_totals: list[str]
    side_wholes: list[str]
    balances: list[str]
    side_called: list[str]
    deeds: list[str]
    verb_tags: list[str]
    before_verb_tags: list[str]
    aspect_tags: list[str]
    weak_tags: list[str]
    place_tags: list[str]
    noun_tags: list[str]
    noun_ends: list[str]
    pointing: list[str]
    list_marks: list[str]
    classifiers: list[str]
    relative: list[str]
    loose: list[str]
    joints: list[str]
    growth: str
    size: str
    cause: str
    reach: str
    steps: str
    listed: str
    taken: str
    within: str
    enumerated: str
    since: str
    running: str
    ranked: str
    placed: str
    having: str
    received: str
    own: str
    done: str
    followed: str
    aside: str
    compares: str
    planned: str
    adjusted: str
    altered: str
    included: str
    reason: str
    counts: str
    bodies: str
    organisation: str
    marker: str
    code: str
    added: str
    adding: str
    approved: str
    remark: str
    note: str
    asked: str
    suffered: str
    area: str
    of_area: str
    grower: str
    one_grower: str
    of_grower: str
    whole_area: str
    through: str
    of_budgets: str
    levelled: str
    partial: str
    of_level: str
    and_above: str
    group_in: str
    group_before: str
    headed: str
    of_class: str
    planned_first: str
    together: str
    halved: str
    halves: str
    half: str
    measure: str
    means: str
    found: str
    so_far: str
    newly: str
    monthly: str
    added_things: str
    served: str
    pulling: str
    owed: str
    glued: str
    arranged: str
    years: str
    dated: str
    financed: str
    benefit: str
    edge: str


@cache
def load_lists() -> Lists:
    """The lists, read once."""
    return patterns.convert("claims/metrics", patterns.lexicon("claims/metrics"), Lists)


@cache
def compile_list(name: str) -> regex.Pattern[str]:
    """One of the fragments, or an alternation of one of the lists."""
    entry = getattr(load_lists(), name)
    if isinstance(entry, str):
        return patterns.fragment("claims/metrics", name)
    return patterns.compiled(f"claims/metrics.{name}", alternation(entry))
