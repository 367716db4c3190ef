"""What the pattern files are about, and the type that an entry of each must have."""

from __future__ import annotations

from typing import Any

from extractor import messages
from extractor.amounts.names import Synonym
from extractor.batch.names import KindPattern as BodyKind
from extractor.batch.names import ShortName
from extractor.batch.panel import Column
from extractor.batch.schema import Meaning
from extractor.checks.narrative.containing import Container
from extractor.checks.relations.balances import Balance
from extractor.checks.relations.complements import Complement
from extractor.checks.relations.definitions import WholePattern
from extractor.checks.relations.quotients import QuotientPattern
from extractor.checks.relations.twins import Twins
from extractor.checks.relations.wholes import UsualWhole
from extractor.checks.statements.classification import ClassPattern, MirrorPattern, ScopePattern
from extractor.claims.periods import PeriodPattern
from extractor.claims.steps.frame import FramePattern
from extractor.claims.steps.role import RolePattern
from extractor.claims.tokens import TokenPattern
from extractor.claims.vocabulary import MetricPattern
from extractor.documents.characters import Reading
from extractor.documents.lines import Expression
from extractor.documents.office.displays import Format
from extractor.documents.office.numerals import ListFormat
from extractor.documents.sniff import Signature
from extractor.facts import KindPattern
from extractor.passages import words as passage_words
from extractor.quantities.guards import Guard
from extractor.quantities.scan import Approximator
from extractor.quantities.units import Unit
from extractor.reports.oim.names import Measure
from extractor.scope.facets import FacetPattern, NamePattern
from extractor.sections.styles import Family, Plain, Shape, Title
from extractor.tables.kinds import Statement
from extractor.tables.lexicon import Expression as Words

# What a pattern of each file must be; a folder stands for the files that are not named.
TYPES: dict[str, Any] = {
    "accounts/classes": ClassPattern,
    "accounts/mirrors": MirrorPattern,
    "accounts/scopes": ScopePattern,
    "amounts/synonyms": Synonym,
    "approximators": Approximator,
    "checks/balance": Balance,
    "checks/rate": Synonym,
    "checks/ratio": QuotientPattern,
    "checks/repeat": Twins,
    "checks/share": UsualWhole,
    "claims": FramePattern,
    "claims/periods": PeriodPattern,
    "claims/roles": RolePattern,
    "claims/tokens": TokenPattern,
    "data_set": Meaning,
    "documents": Expression,
    "documents/characters": Reading,
    "documents/list_numbers": ListFormat,
    "documents/number_formats": Format,
    "documents/signatures": Signature,
    "entities/kinds": BodyKind,
    "entities/short_names": ShortName,
    "guards": Guard,
    "headings": Plain,
    "headings/shapes": Shape,
    "headings/titles": Title,
    "messages": messages.Sentence,
    "metrics": MetricPattern,
    "panel": Column,
    "passages/names": passage_words.Name,
    "passages/synonyms": passage_words.Synonym,
    "relations/containers": Container,
    "relations/definitions": WholePattern,
    "relations/divisions": Complement,
    "report_kinds": KindPattern,
    "scope/facets": FacetPattern,
    "scope/names": NamePattern,
    "standard_units": Measure,
    "statements": Statement,
    "tables": Words,
    "units": Unit,
    "vocabulary/numbering": Family,
}


def find_type(name: str) -> Any:
    """What an entry of the file must be; None where the file has no entries of a type of their own.

    >>> find_type("metrics/esg").__name__, find_type("vocabulary/time")
    ('MetricPattern', None)
    """
    while name and name not in TYPES:
        name = name.rpartition("/")[0]
    return TYPES.get(name)
