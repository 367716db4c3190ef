"""The taxonomy of a report: its concepts, dimensions and members with labels in both languages, in one schema."""

from __future__ import annotations

from collections.abc import Iterator
from typing import get_args
from xml.sax.saxutils import escape, quoteattr

from msgspec import Struct

from extractor.claims.vocabulary import load_metrics
from extractor.messages import Lang, render
from extractor.model import Notice, Result
from extractor.reports.oim.concepts import GENERIC, TYPES, Concept, choose_concept
from extractor.reports.oim.facts import MEMBERS, RELATIONS, TYPED
from extractor.reports.oim.names import NAMESPACES, PREFIX, name_role

WORDS = "words"
HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"
    xmlns:xbrli="http://www.xbrl.org/2003/instance"
    xmlns:xbrldt="http://xbrl.org/2005/xbrldt"
    xmlns:link="http://www.xbrl.org/2003/linkbase"
    xmlns:xlink="http://www.w3.org/1999/xlink"
    targetNamespace={namespace} elementFormDefault="qualified">
<xs:annotation><xs:appinfo>
{appinfo}
</xs:appinfo></xs:annotation>
<xs:import namespace="http://www.xbrl.org/2003/instance"
    schemaLocation="http://www.xbrl.org/2003/xbrl-instance-2003-12-31.xsd"/>
<xs:import namespace="http://xbrl.org/2005/xbrldt" schemaLocation="http://www.xbrl.org/2005/xbrldt-2005.xsd"/>
{elements}
</xs:schema>
"""
ARCROLE = (
    '<link:arcroleType id="{relation}" arcroleURI={uri} cyclesAllowed="any">'
    "<link:usedOn>link:footnoteArc</link:usedOn></link:arcroleType>"
)
LABELS = """<link:linkbase>
<link:labelLink xlink:type="extended" xlink:role="http://www.xbrl.org/2003/role/link">
{labels}
</link:labelLink>
</link:linkbase>"""
LABEL = """<link:loc xlink:type="locator" xlink:href="#{id}" xlink:label="{id}"/>
<link:labelArc xlink:type="arc" xlink:arcrole="http://www.xbrl.org/2003/arcrole/concept-label" xlink:from="{id}" \
xlink:to="{id}_label"/>
{resources}"""
RESOURCE = (
    '<link:label xlink:type="resource" xlink:label="{id}_label" xlink:role="http://www.xbrl.org/2003/role/label" '
    'xml:lang="{lang}">{words}</link:label>'
)
ITEM = 'type="xbrli:{type}" substitutionGroup="xbrli:item" xbrli:periodType="{period}" nillable="true"'
STRING = 'type="xbrli:stringItemType" xbrli:periodType="duration" abstract="true" nillable="true"'
DIMENSION, MEMBER = 'substitutionGroup="xbrldt:dimensionItem"', 'substitutionGroup="xbrli:item"'
DOMAIN = 'type="xs:string"'


class Element(Struct, frozen=True):
    """An element of the schema: its name, its attributes as written, and its label in each language."""

    name: str
    attributes: str
    labels: dict[Lang, str]

    @property
    def id(self) -> str:
        """What labels point to."""
        return f"{PREFIX}_{self.name}"


def make_taxonomy(result: Result) -> str:
    """The schema that declares what the report of a result tells of: the concepts of its claims, every dimension."""
    concepts = sorted({choose_concept(claim) for claim in result.claims}, key=lambda concept: concept.name)
    elements = [*map(_declare_concept, concepts), *_declare_dimensions()]
    arcroles = (ARCROLE.format(relation=name, uri=quoteattr(name_role(name))) for name in RELATIONS)
    labels = LABELS.format(labels="\n".join(map(_label, elements)))
    return HEAD.format(
        namespace=quoteattr(NAMESPACES[PREFIX]),
        appinfo="\n".join((*arcroles, labels)),
        elements="\n".join(f'<xs:element id="{one.id}" name="{one.name}" {one.attributes}/>' for one in elements),
    )


def _declare_concept(concept: Concept) -> Element:
    period = "instant" if concept.is_instant else "duration"
    labels = {lang: name_concept(concept, lang) for lang in get_args(Lang)}
    return Element(concept.name, ITEM.format(type=TYPES[concept.sort], period=period), labels)


def name_concept(concept: Concept, lang: Lang) -> str:
    """What a concept is called: as its metric, with what tells it from others of the same metric.

    >>> name_concept(Concept("fiscal.total", "ratio", True), "en")
    'total revenue and expenditure (ratio, at an instant)'
    """
    words = render(Notice("names.joint"), lang).join(_say(note, lang) for note in concept.notes)
    metric = load_metrics().get(concept.metric or "")
    name = (metric.zh if lang == "zh" else metric.en) if metric else concept.metric or _say(GENERIC, lang)
    return render(Notice("oim.told", {"name": name, "words": words}), lang) if words else name


def _say(word: str, lang: Lang) -> str:
    return render(Notice(f"oim.{word}"), lang)


def _declare_dimensions() -> Iterator[Element]:
    yield Element(WORDS, DOMAIN, {})
    typed = f'{DIMENSION} xbrldt:typedDomainRef="#{PREFIX}_{WORDS}"'
    for name in TYPED:
        yield _declare(name, f"oim.{name}", typed)
    for name, members in MEMBERS.items():
        yield _declare(name, f"oim.{name}", DIMENSION)
        for member in members:
            yield _declare(f"{name}-{member}", _find_message(name, member), MEMBER)


def _find_message(name: str, member: str) -> str:
    """Kinds and roles are called here as everywhere."""
    return f"names.{name}.{member}" if name in ("kind", "role") else f"oim.{name}-{member}"


def _declare(name: str, message: str, attributes: str) -> Element:
    return Element(name, f"{STRING} {attributes}", {lang: render(Notice(message), lang) for lang in get_args(Lang)})


def _label(element: Element) -> str:
    if not element.labels:
        return ""
    said = (RESOURCE.format(id=element.id, lang=lang, words=escape(words)) for lang, words in element.labels.items())
    return LABEL.format(id=element.id, resources="\n".join(said))
