"""Whose documents they are: one name for each body, whatever its reports call it, and the body that it belongs to.

Names that have the same body and the same narrowest place are one where no wider place of one contradicts the other. A
name that does not say which of several places is meant, such as that of a district that two cities have, is one with
another only where its own document names the wider place too. The order of documents decides nothing but numbers.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate

from msgspec import Struct

from extractor.batch.names import Name, Places, clean_name, parse_name

NOWHERE: Places = ("", "", "", "")


class Document(Struct, frozen=True):
    """What a document says of who made it: its entity, the department of that, and other words that name places."""

    id: int
    entity: str | None
    parent: str | None = None
    said: tuple[str | None, ...] = ()


class Entity(Struct, frozen=True):
    """A body: its fullest name, and the others that documents use for it; ``parent`` is the number of another."""

    id: int
    name: str
    kind: str | None
    level: str | None
    place: str | None
    parent: int | None
    aliases: tuple[str, ...]


class Mention(Struct, frozen=True):
    """A name as a document writes it, taken apart, with the places that the document names for it."""

    document: int
    written: str
    name: Name
    places: Places


Body = list[Mention]


def find_entities(documents: Iterable[Document], aliases: Mapping[str, str]) -> tuple[list[Entity], dict[int, int]]:
    """The bodies in the order in which documents name them, and the number of that of each document.

    ``aliases`` are names of one's own with the name that is meant.

    >>> made, of = find_entities([Document(1, "洪泽区人民政府"), Document(2, "淮安市洪泽区人民政府")], {})
    >>> [(one.name, one.kind, one.level, one.place) for one in made], of
    ([('淮安市洪泽区人民政府', 'government', 'county', '淮安市洪泽区')], {1: 1, 2: 1})
    """
    meant = {clean_name(alias): name for alias, name in aliases.items()}
    known = [*documents]
    owners = [_mention(one, one.entity, meant) for one in known if one.entity]
    parents = [_mention(one, one.parent, meant) for one in known if one.parent]
    bodies = _part_bodies([*owners, *parents])
    numbers = {_sign(one): number for number, body in enumerate(bodies, 1) for one in body}
    of_document = {one.document: numbers[_sign(one)] for one in owners}
    named = {of_document[one.document]: numbers[_sign(one)] for one in parents if one.document in of_document}
    return _describe(bodies, named), of_document


def _mention(document: Document, written: str, meant: Mapping[str, str]) -> Mention:
    """A name with the wider places that the document names in front of the same narrowest one."""
    called = meant.get(clean_name(written), written)
    name = parse_name(called)
    told = (parse_name(words).places for words in document.said if words)
    places = name.places
    for wider in told:
        if name.last and name.last in wider and _agree(places, wider):
            places = _join(places, wider)
    return Mention(document.id, called, name, places)


def _sign(mention: Mention) -> tuple[object, ...]:
    """What mentions of one body of one document have in common."""
    name = mention.name
    return name.body, name.party, name.itself, name.last, mention.places


def _agree(one: Places, other: Places) -> bool:
    """Whether no place of one contradicts the other."""
    return all(not mine or not theirs or mine == theirs for mine, theirs in zip(one, other, strict=True))


def _join(one: Places, other: Places) -> Places:
    province, city, county, town = (mine or theirs for mine, theirs in zip(one, other, strict=True))
    return province, city, county, town


def _part_bodies(mentions: Iterable[Mention]) -> list[Body]:
    """The mentions of each body, in the order of the first document that names it."""
    alike: defaultdict[tuple[object, ...], Body] = defaultdict(list)
    for one in mentions:
        alike[_sign(one)[:-1]].append(one)
    bodies = [body for group in alike.values() for body in _part_places(group)]
    return sorted(bodies, key=lambda body: min((one.document, one.written) for one in body))


def _part_places(alike: Body) -> list[Body]:
    """Bodies of one name, apart where their places contradict each other or do not tell which is meant."""
    by_place: defaultdict[Places, Body] = defaultdict(list)
    for one in alike:
        by_place[one.places].append(one)
    told = [places for places in by_place if _tells(by_place[places][0])]
    wide = [places for places in told if not any(_is_within(places, other) for other in told)]
    made: dict[Places, Body] = {}
    for places, body in by_place.items():
        fitting = [other for other in wide if _agree(places, other)] if places in told else []
        made.setdefault(fitting[0] if len(fitting) == 1 else places, []).extend(body)
    return [*made.values()]


def _tells(mention: Mention) -> bool:
    return Name(mention.places, "").tells_place


def _is_within(one: Places, other: Places) -> bool:
    """Whether the other says the same places, and more."""
    return one != other and _agree(one, other) and _join(one, other) == other


# ── what is said of a body ──


def _describe(bodies: Sequence[Body], named: Mapping[int, int]) -> list[Entity]:
    keys = {_key_of(body): number for number, body in enumerate(bodies, 1)}
    return [
        _describe_body(number, body, named.get(number) or _find_parent(body, keys))
        for number, body in enumerate(bodies, 1)
    ]


def _describe_body(number: int, body: Body, parent: int | None) -> Entity:
    written = Counter(clean_name(one.written) for one in body)
    name = min(written, key=lambda words: (-len(words), -written[words], words))
    first = _widen(body)
    aliases = tuple(sorted({one.written for one in body} - {name}))
    kind = "unit" if first.itself else first.kind
    return Entity(number, name, kind, first.level, first.place or None, parent if parent != number else None, aliases)


def _widen(body: Body) -> Name:
    """The name of a body with all places that its mentions tell."""
    places = NOWHERE
    for one in body:
        places = _join(places, one.places)
    name = body[0].name
    return Name(places, name.body, name.party, name.itself)


Key = tuple[Places, str, bool]
"""What a body is found by: its places, its name without them, and whether it is the department itself."""


def _key_of(body: Body) -> Key:
    name = _widen(body)
    return name.places, name.body, name.itself


def _find_parent(body: Body, keys: Mapping[Key, int]) -> int | None:
    """The body that another belongs to: its department, the one whose name it begins with, the government above it."""
    places, name, itself = _key_of(body)
    if itself and (found := keys.get((places, name, False))):
        return found
    begun = (keys.get((places, start, False)) for start in reversed([*accumulate(name)][:-1]))
    above = (keys.get((wider, "", False)) for wider in _list_wider(places, bool(name)))
    return next(filter(None, (*begun, *above)), None)


def _list_wider(places: Places, own: bool) -> Iterable[Places]:
    """The places themselves, where a body stands in them, then those around them."""
    if own and any(places):
        yield places
    for at in range(len(places) - 1, 0, -1):
        wider = (*places[:at], *NOWHERE[at:])
        if places[at] and any(wider):
            yield wider  # type: ignore[misc]
