"""The types of what leaves the tool: a result, a diff of two, and everything in them; the JSON Schema is made of these.

What only travels between stages stands beside the stage that makes it (``extractor.documents.model``, ``sections``,
``tables``, ``quantities``). All are frozen: a later stage adds, it never edits what an earlier one made. Numbers that
came from a document are decimal strings in the result and ``Decimal`` inside. Offsets are Unicode code points into the
text of a document; boxes are ``(x0, top, x1, bottom)`` in points from the page's top left corner.
"""

from __future__ import annotations

from functools import partial
from typing import Any, Literal

from msgspec import UNSET, Struct, UnsetType, field

from extractor.frames import COLUMNS, Library, What, list_rows, make_frame

Kind = Literal["level", "change_amount", "change_rate", "share", "completion", "rate"]
Direction = Literal["increase", "decrease", "flat"]
Role = Literal["actual", "target", "budget"]
Binding = Literal["words", "structure", "identity", "guess"]
Dimension = Literal[
    "money", "person", "household", "count", "percent", "percentage_point", "area", "length", "mass",
    "volume", "duration", "age", "energy", "other",
]  # fmt: skip
Box = tuple[float, float, float, float]

DEBUG = "EXTRACT_DEBUG"
"""The variable of the environment that asks for the place in the program where something unexpected happened."""


class ExtractorError(Exception):
    """A failure that the user can act on: one sentence with the reason and the next step."""


class Notice(Struct, frozen=True):
    """Something to tell the reader: the id of a message in ``patterns/messages`` and the facts it names."""

    message: str
    facts: dict[str, str | int] = field(default_factory=dict)


class InputError(ExtractorError):
    """A document that cannot be read; ``notice`` says which, why and what to do, in the reader's language."""

    def __init__(self, message: str, **facts: str | int) -> None:
        super().__init__(message, facts)
        self.notice = Notice(message, facts)

    def __reduce__(self) -> tuple[partial[InputError], tuple[()]]:
        """An error may come from another process."""
        return partial(type(self), self.notice.message, **self.notice.facts), ()


# ── what the result holds ────────────────────────────────────────────────────────────────────────────────


class Tool(Struct, frozen=True):
    """The program that made a result."""

    name: str
    version: str


class DocumentInfo(Struct, frozen=True):
    """What is known of the document as a whole; ``encoding`` is that of a text or a web page, null for others.

    ``published`` is the ISO day of publication; ``publisher`` and ``url`` are what a web page says of itself.
    ``kind`` is the kind of report, ``stage`` what its amounts are, ``place`` the administrative region, ``parent`` the
    department that a unit belongs to.
    """

    name: str
    sha256: str
    format: str
    encoding: str | None
    page_count: int | None
    title: str | None
    entity: str | None
    year: int | None
    warnings: tuple[str, ...]
    kind: str | None = None
    stage: Literal["budget", "accounts", "plan"] | None = None
    place: str | None = None
    parent: str | None = None
    publisher: str | None = None
    published: str | None = None
    url: str | None = None


class Page(Struct, frozen=True):
    """One page: its stretch of ``text``, its size in points, and whether its text was printed or recognised."""

    number: int
    start: int
    end: int
    width: float
    height: float
    source: Literal["text", "ocr"] = "text"


class Section(Struct, frozen=True):
    """A heading and what stands under it; ``start..end`` covers the section with its descendants."""

    id: str
    parent: str | None
    level: int
    number: str | None
    title: str
    heading: str
    start: int
    end: int
    page: int | None


class Span(Struct, frozen=True):
    """A stretch of the document's text."""

    start: int
    end: int


class Period(Struct, frozen=True):
    """The time a claim speaks of, as the text says it, and as ISO dates where it can be resolved."""

    text: str
    start: str | None
    end: str | None


FacetOrigin = Literal["clause", "sentence", "paragraph", "heading", "label", "title"]


class Facet(Struct, frozen=True, rename={"origin": "from"}):
    """One value of a scope, and where the words stand that say it."""

    value: str
    origin: FacetOrigin


class Scope(Struct, frozen=True):
    """What a number is of beside its metric; a facet that nothing tells is None."""

    level: Facet | None = None
    fund: Facet | None = None
    account: Facet | None = None
    side: Facet | None = None
    stage: Facet | None = None
    measure: Facet | None = None
    group: Facet | None = None
    place: Facet | None = None
    owner: Facet | None = None


class ClaimCell(Struct, frozen=True):
    """The table cell a claim was read from."""

    table: str
    row: int
    column: int
    row_label: str
    column_label: str


class Claim(Struct, frozen=True, kw_only=True):
    """One quantity that the narrative states; the fields are those of the format's page, in its order.

    ``confidence`` is how surely the least sure of its characters was recognised, from 0 to 1; it is left out where they
    are text.
    """

    id: str
    section: str | None
    path: tuple[str, ...]
    start: int
    end: int
    raw: str
    sentence: Span
    page: int | None
    boxes: tuple[Box, ...]
    value: str
    value_high: str | None
    unit: str
    unit_implied: str | None
    dimension: Dimension
    base_value: str | None
    base_unit: str
    approximation: str | None
    interval: tuple[str | None, str | None]
    metric: str | None
    metric_id: str | None
    kind: Kind
    direction: Direction | None
    baseline: str | None
    period: Period | None
    scope: Scope = Scope()
    role: Role
    part_of: str | None
    share_of: str | None
    cell: ClaimCell | None
    evidence: tuple[str, ...]
    confidence: float | UnsetType = UNSET

    def is_of(self, metric: str) -> bool:
        """Whether a metric is meant: by its id, or by words of the name that the text has for it."""
        return metric == self.metric_id or metric in (self.metric or "")

    def is_in(self, period: str) -> bool:
        """Whether a time is meant: by its words, or by what all of it has in common as ISO days (``2024``)."""
        own = self.period
        if own is None:
            return False
        return period == own.text or all((day or "").startswith(period) for day in (own.start, own.end))

    @property
    def is_one_told(self) -> bool:
        """Whether this is one number of the narrative: no range of two, no cell of a table."""
        return self.cell is None and self.value_high is None


class TableCell(Struct, frozen=True):
    """One place of a table's grid: ``text`` also stands in the document's text at ``start..end``.

    ``value`` is the number as a decimal string, None for words, an empty cell and what is no number; ``unit`` is
    the one written in the cell, else the one its column, its row or its table states. A cell over several rows or
    columns stands in its first place; the other places that it covers are empty and have rowspan and colspan 0.
    ``confidence`` is how surely the least sure of its characters was recognised; it is left out where they are text.

    A number below the heads has names too: the labels of its row and column, each from the outermost in, joined by a
    slash, the id of its metric, its period and its scope.
    """

    text: str
    start: int
    end: int
    value: str | None
    unit: str | None
    box: Box | None
    rowspan: int = 1
    colspan: int = 1
    confidence: float | UnsetType = UNSET
    row_label: str | UnsetType = UNSET
    column_label: str | UnsetType = UNSET
    metric_id: str | UnsetType | None = UNSET
    period: Period | UnsetType | None = UNSET
    scope: Scope | UnsetType = UNSET


class Table(Struct, frozen=True):
    """A table of the document; ``rows`` all have the same length, the first ``header_rows`` of them head its columns.

    ``kind`` is the name of the statement it is (``statements`` in the patterns), None for any other table.
    """

    id: str
    title: str | None
    kind: str | None
    section: str | None
    page: int | None
    start: int
    end: int
    unit: str | None
    header_rows: int
    rows: tuple[tuple[TableCell, ...], ...]


class Operand(Struct, frozen=True, omit_defaults=True):
    """What takes part in a check: a claim, a cell of a table, or a stretch of the text.

    A stretch is a part of a claim's mention (one number of 2.4:36.7:60.9; the claim is named too), or a word that
    asserts something.
    """

    role: str
    claim: str | None = None
    table: str | None = None
    row: int | None = None
    column: int | None = None
    text: Span | None = None


class Message(Struct, frozen=True):
    """One sentence for a reader, in both languages."""

    zh: str
    en: str


class Check(Struct, frozen=True):
    """One relation that the document asserts, and whether it holds.

    ``stated``, ``computed`` and ``difference`` are in the unit in which the number in question is stated. ``reason``
    says why a check is ``unclear`` (``no_base``, ``no_denominator``, ``no_power``…).

    ``formula`` is how ``computed`` comes from the operands, by their roles in base units: ``part / base``. The first
    operand is the number in question and no part of it, but for bounds (``part <= total``) and where ``stated`` is
    printed nowhere (100 %). ``power`` is the share of one-digit changes of the operands that the check would notice,
    from 0 to 1; ``binding`` what ties the operands together.
    """

    id: str
    rule: str
    status: Literal["holds", "holds_truncated", "fails", "unclear"]
    severity: Literal["error", "warning", "info"] | None
    operands: tuple[Operand, ...]
    stated: str | None
    computed: str | None
    difference: str | None
    message: Message
    reason: str | None = None
    evidence: tuple[str, ...] = ()
    formula: str | None = None
    power: float = 0.0
    binding: Binding = "guess"


class Finding(Struct, frozen=True):
    """One mistake: failing checks that share a number, and what that number may have been meant to be.

    ``suspect`` is the number to suspect, by its role in the first of the ``checks``; ``stated`` and ``proposed`` are in
    the unit in which it is printed. ``mends`` are the checks that would hold with another number there, ``breaks``
    those that would no longer; ``proposed`` is that number where it breaks none. It mends nothing where another number
    must be mended too, which the message names. ``amount`` is by how much it is wrong, in the base unit of money. Every
    failing error or warning is in exactly one finding; those that are mended come first.
    """

    id: str
    severity: Literal["error", "warning"]
    suspect: Operand
    stated: str | None
    proposed: str | None
    mends: tuple[str, ...]
    breaks: tuple[str, ...]
    checks: tuple[str, ...]
    amount: str | None
    message: Message


class Verification(Struct, frozen=True):
    """The ids of the claims that checks confirm, those that a check contradicts, and those that none could verify."""

    verified: tuple[str, ...] = ()
    contradicted: tuple[str, ...] = ()
    unverified: tuple[str, ...] = ()


class Result(Struct, frozen=True):
    """Everything ``extract`` knows of one document: the root of the JSON."""

    schema: Literal["extractor/1"]
    tool: Tool
    document: DocumentInfo
    text: str
    pages: tuple[Page, ...]
    sections: tuple[Section, ...]
    claims: tuple[Claim, ...]
    tables: tuple[Table, ...] = ()
    checks: tuple[Check, ...] = ()
    findings: tuple[Finding, ...] = ()
    verification: Verification = Verification()

    def find(
        self,
        metric: str | None = None,
        period: str | None = None,
        *,
        kind: Kind | None = None,
        role: Role | None = None,
    ) -> tuple[Claim, ...]:
        """The claims that fit all that is given, in the order of the text.

        ``metric`` is the id of a metric, or words of its name; ``period`` the words of a time (全年), or the beginning
        of its ISO days (``2024``, ``2024-06``), which the whole of the time then has in common.
        """
        asked = {"kind": kind, "role": role}
        named = (claim for claim in self.claims if metric is None or claim.is_of(metric))
        timed = (claim for claim in named if period is None or claim.is_in(period))
        return tuple(
            claim for claim in timed if all(value in (None, getattr(claim, name)) for name, value in asked.items())
        )

    def to_frame(self, what: What = "claims", library: Library = "pandas") -> Any:
        """A list of the result as a frame of pandas or polars, a row an entry (``frames``).

        Numbers are ``Decimal``. Raises ``ImportError`` where the library is not installed.
        """
        return make_frame(list_rows(self, what), COLUMNS[what], library)


Comparison = Literal["version", "attachment", "unit", "year", "peer"]
"""What two sides are to each other: versions of one text, texts of one subject, a department and its unit, two years of
one body, two bodies."""


class Quote(Span, frozen=True):
    """A stretch of a side's document with its words: ``text[start:end]``."""

    text: str


class SideClaim(Claim, frozen=True, kw_only=True):
    """A claim with the words of its sentence: a diff is read without the documents at hand."""

    sentence: Quote


class Side(Struct, frozen=True):
    """One of the two that are compared: a document, or the part of one under a heading; offsets are the document's."""

    document: DocumentInfo
    part: str | None
    claims: tuple[SideClaim, ...]


Relation = Literal[
    "equal", "equal_converted", "rounded", "truncated", "combined", "derived", "contained", "different_period",
    "different",
]  # fmt: skip


class Likeness(Struct, frozen=True):
    """How alike two claims are, each from 0 to 1: by their metrics, their surroundings, and everything else."""

    metric: float
    context: float
    traits: float


class Pair(Struct, frozen=True):
    """Claims of both sides that measure the same thing, and how their numbers relate.

    ``left`` and ``right`` are a claim's id, or several for what adds up to one claim of the other side; what is
    ``derived`` is the number of the earlier year and the change that leads to it from the later one's. ``similarity``
    is from 0 to 1, and ``likeness`` what it is made up of. ``message`` says how the numbers relate and then the
    ``remarks``, which are what there is to point out beside; None where there is nothing. ``change`` is by how much the
    number grew from the left to the right, or from the earlier year to the later, in the base unit, and ``rate`` that
    as a share of where it began; both are decimal strings, and None where they say nothing.
    """

    left: str | tuple[str, ...]
    right: str | tuple[str, ...]
    relation: Relation
    metric: str | None
    similarity: float
    likeness: Likeness
    message: Message
    remarks: Message | None
    change: str | None = None
    rate: str | None = None


class SideCell(Quote, frozen=True, kw_only=True):
    """A number of a table: the table with its title, the place with its labels, the unit and the page."""

    table: str
    title: str | None
    row: int
    column: int
    row_label: str
    column_label: str
    unit: str
    page: int | None


class CellPair(Struct, frozen=True):
    """Numbers that stand under the same labels in tables of one form, and are not the same.

    They are ``different`` where they cannot be, and of a ``different_period`` in reports of two years. ``change`` and
    ``rate`` are as those of a ``Pair``.
    """

    left: SideCell
    right: SideCell
    relation: Literal["different", "different_period"]
    message: Message
    change: str | None = None
    rate: str | None = None


class Passage(Quote, frozen=True, kw_only=True):
    """Where one side of a change stands: ``text`` is what changed, empty where words were put in or taken out.

    ``sentence`` holds it, ``heading`` is the innermost one above it; ``cell`` is set for what stands in a table.
    """

    sentence: Quote
    page: int | None
    heading: str | None
    cell: ClaimCell | None = None


ChangeKind = Literal["sentence", "heading", "cell", "date", "word", "row", "column", "table"]


class Again(Struct, frozen=True):
    """One more place in which a change was made."""

    left: Passage
    right: Passage


class Change(Struct, frozen=True):
    """What changed from one version to the other beside the numbers that are pairs; told once, wherever it recurs.

    A side is None where the other one alone has the sentence, heading, row or table. ``also`` are the other places in
    which the same words were replaced by the same.
    """

    what: ChangeKind
    left: Passage | None
    right: Passage | None
    message: Message
    also: tuple[Again, ...] = ()


class FindingChange(Struct, frozen=True):
    """A finding of two versions: one that the left alone has is fixed, one that the right alone has is new.

    It is changed where its numbers are other ones, and dismissed where a reader decided so.
    """

    status: Literal["fixed", "new", "changed", "unchanged", "dismissed"]
    left: Finding | None
    right: Finding | None


class Diff(Struct, frozen=True, rename={"comparison": "as"}):
    """What two sides have in common, where they differ, and what stands on one side only.

    ``as`` is what they are to each other, which decides how they are compared, and ``why`` says what it was told by.
    ``changes`` and ``findings`` are those of versions. ``cells`` are the numbers of tables that are not the same under
    the same labels, for all but versions and two bodies, and ``cells_agreeing`` is how many agree.
    """

    schema: Literal["extractor-diff/1"]
    tool: Tool
    left: Side
    right: Side
    pairs: tuple[Pair, ...]
    only_left: tuple[str, ...]
    only_right: tuple[str, ...]
    comparison: Comparison = "version"
    why: Message = Message("", "")
    changes: tuple[Change, ...] = ()
    findings: tuple[FindingChange, ...] = ()
    cells: tuple[CellPair, ...] = ()
    cells_agreeing: int = 0
