"""The sums inside statements: rows to their totals, columns to theirs, both halves, metrics to their parts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

import msgspec

from extractor.amounts.amount import Amount, share_unit
from extractor.amounts.book import Book
from extractor.amounts.interval import add_up, total
from extractor.amounts.layout import Panel, is_total
from extractor.amounts.misprints import RARE, is_near_stroke, is_one_too_many, is_padded, is_rounded_stroke, is_stroke
from extractor.checks.engine.exactness import are_counts, read_counts, read_exactly
from extractor.checks.engine.judge import find_fitting, has_failed
from extractor.checks.engine.remarks import soften
from extractor.checks.engine.rule import SILENT, TOLD, Relation
from extractor.checks.grids.coded import find_coded
from extractor.checks.grids.column_sums import ColumnSum, find_column_sums
from extractor.checks.grids.equations import Equation, find_listed, find_nested, find_told
from extractor.checks.grids.found import FoundSums
from extractor.checks.grids.grid import Grid, read_grids
from extractor.checks.grids.growing import SLACK
from extractor.checks.grids.outline import read_outline
from extractor.checks.grids.sums import Habit
from extractor.checks.grids.sums import Sum as FoundSum
from extractor.checks.relations.divided_rows import DividedCells, find_divided_cells
from extractor.checks.statements.composed import find_composed_cells
from extractor.checks.statements.listed_totals import ListedTotal, find_listed_totals, mend_told
from extractor.checks.statements.mirrors import Mirrored, find_mirrored_cells, find_mirrored_told
from extractor.checks.statements.projects import find_projects
from extractor.checks.statements.statements import Statement, Statements, has_codes, is_balanced
from extractor.checks.statements.sums import (
    Numbers,
    Place,
    Sum,
    find_numbered,
    find_panel_sums,
    list_sums,
    read_numbers,
)
from extractor.model import Operand, Table

RULE = "table_sum"
# A layout of whose sums more than so many fail, and most, is another one.
MOST_FAILING = 2
# So many places in which a line that is called a total is one leave no doubt of another.
OFTEN = 3
# Where the same lines add up in so many other places, none of them is one too many in this one.
PLENTY = 6
# Where no other sum of a table says that it is numbered by what adds up, chance must do so this much more seldom.
ALONE = 40
# Among so few parts a misprint that explains a gap is hardly chance, and hardly any makes up others by chance.
FEW = 12
# That a line is called the total of all on one side of it says as much as so many places in which it is one.
WHOLE = 2


def find(book: Book) -> Iterator[Relation]:
    """Every sum that a table promises; where only the names of rows do, one that nothing else says."""
    known = set[frozenset[Operand]]()
    for relation in _find_laid_out(book):
        known.add(_name_cells(relation))
        yield relation
    named = (one for one in map(_propose_named, find_column_sums(book)) if _name_cells(one) not in known)
    yield from (one for one in named if not _has_other_parts(book, one))


def _name_cells(relation: Relation) -> frozenset[Operand]:
    return frozenset(amount.operand for _, amount in relation.operands)


def _find_laid_out(book: Book) -> Iterator[Relation]:
    """Every sum that the layout of a statement promises, that its accounts and metrics do, and that numbers show."""
    for statement in book.view(Statements).all:
        relations = _doubt_layout(_propose_sums(statement))
        yield from (_silence(one) if _has_other_parts(book, one) else one for one in relations)
    for labelled in _propose_labelled(book):
        yield _silence(labelled) if _has_other_parts(book, labelled) else labelled
    for whole, *parts in chain.from_iterable(project.sources for project in find_projects(book)):
        yield _add_up(whole, parts)
    for composed in find_composed_cells(book):
        yield _add_up(composed.total, composed.parts)
    for mirrored in (*find_mirrored_told(book), *find_mirrored_cells(book)):
        yield from _propose_mirrored(mirrored)
    for listed in find_listed_totals(book):
        yield from _propose_listed(book, listed)
    yield from filter(None, map(_propose_divided, find_divided_cells(book)))
    for grid in book.view(read_grids).values():
        yield from _propose_numbered(book, grid)
    found = book.view(FoundSums)
    for table, sums in found.by_table:
        proposed = (_propose_found(book, table, one, found) for one in sums)
        yield from read_counts(list(filter(None, proposed)))
    yield from filter(None, (_propose_found(book, table, one, found) for table, one in found.find_twins()))


def _has_other_parts(book: Book, relation: Relation) -> bool:
    """Whether the numbers show the total of a sum to be that of other cells of its column, or row."""
    places = [(amount.operand.row or 0, amount.operand.column or 0) for _, amount in relation.operands]
    if len(places) < 3 or relation.subject.operand.table is None:
        return False
    is_down = places[0][1] == places[1][1]
    return (relation.subject.operand.table, places[0], is_down) in book.view(FoundSums).held


def _propose_labelled(book: Book) -> Iterator[Relation]:
    """The sums that the labels of a table of any other layout promise: of its rows, of its columns."""
    balanced = {statement.table.id for statement in book.view(Statements).all if is_balanced(statement)}
    for table in book.tables:
        for panel in () if table.id in balanced else book.layout(table).panels:
            sums = list(chain.from_iterable(find_numbered(panel))) if _is_uniform(panel) else []
            yield from _tell_misprinted(filter(None, (_read_sum(book, table, one) for one in sums)))
            across = [] if table.kind else list(find_panel_sums(panel))
            relations = list(filter(None, (_read_sum(book, table, one) for one in across)))
            yield from _tell_counts(relations) if are_counts(relations) else _propose_habitual(relations)


def _tell_counts(relations: Sequence[Relation]) -> Iterator[Relation]:
    """Sums of things that are counted; those that fail are told, as a doubt where no misprint explains them."""
    for relation in map(read_exactly, relations):
        is_sure = not has_failed(relation) or is_stroke(relation.subject, relation.others, rare=0)
        yield msgspec.structs.replace(relation, otherwise=TOLD, severity=None if is_sure else "warning")


def _propose_numbered(book: Book, grid: Grid) -> Iterator[Relation]:
    """The sums of numbered and coded rows: of lists with their totals where most hold, and as words say."""
    outline = read_outline(grid)
    for equations in find_listed(grid, outline):
        relations = _relate_all(book, grid, "listed", equations)
        yield from _tell_counts(relations) if are_counts(relations) else _tell_misprinted(relations)
    for equations in find_told(grid, outline):
        relations = _relate_all(book, grid, "told", equations)
        yield from _tell_counts(relations) if are_counts(relations) else relations
    is_laid_out = grid.table.kind and any(map(has_codes, book.layout(grid.table).panels))
    below = chain(find_nested(grid, outline), () if is_laid_out else find_coded(grid))
    columns = (_relate_all(book, grid, "nested", equations) for equations in below)
    yield from _tell_nested([relation for relations in columns for relation in _keep_usual(relations)])


def _relate_all(book: Book, grid: Grid, form: str, equations: Iterable[Equation]) -> list[Relation]:
    """Equations of cells as relations, silent where they fail; cells without a number are nothing."""
    return list(filter(None, (_relate(book, grid.table, form, equation) for equation in equations)))


def _relate(book: Book, table: Table, form: str, equation: Equation) -> Relation | None:
    whole = book.cell(table, *equation.total)
    added = (("part", book.cell(table, *place)) for place in equation.added)
    taken = (("minus", book.cell(table, *place)) for place in equation.taken)
    others = [(role, amount) for role, amount in (*added, *taken) if amount is not None]
    if whole is None or not others or {amount.base for _, amount in others} != {whole.base}:
        return None
    return Relation(RULE, form, (("total", whole), *others), otherwise=SILENT)


def _keep_usual(relations: Sequence[Relation]) -> Sequence[Relation]:
    """The sums of a column in which not most fail: its items are made up of those below them."""
    failing = sum(map(has_failed, relations))
    return relations if 2 * failing <= max(2, len(relations)) else []


def _propose_named(one: ColumnSum) -> Relation:
    """A cell as the sum of those that its words name."""
    return msgspec.structs.replace(_add_up(one.whole, one.parts), form="named")


def _tell_nested(relations: Sequence[Relation]) -> Iterator[Relation]:
    """Sums of items below others; told where a misprint explains that they fail, the sooner the more others hold."""
    holding = sum(not has_failed(relation) for relation in relations)
    rare = RARE // min(holding, RARE) if holding else RARE * ALONE
    for relation in relations:
        is_told = not _is_rounded(relation) and is_stroke(relation.subject, relation.others, rare)
        yield msgspec.structs.replace(relation, otherwise=TOLD) if is_told else relation


def _is_rounded(relation: Relation) -> bool:
    """Whether a sum is off by so little of its last digit that its numbers may have been rounded before."""
    whole = relation.subject
    gap = abs(whole.exact - add_up(part.exact for part in relation.others))
    return bool(gap * 10 ** len(whole.raw.partition(".")[2]) <= SLACK * whole.factor)


def _is_uniform(panel: Panel) -> bool:
    """Whether the rows of a panel are all numbered, or none is, but for its totals; and they have no codes."""
    orders = {line.order > 0 for line in panel.lines if line.name and not is_total(line.name)}
    return len(orders) == 1 and not has_codes(panel)


def _read_sum(book: Book, table: Table, one: Sum) -> Relation | None:
    """A sum of two or more numbers of one unit, so far as it holds."""
    whole = book.cell(table, *one.total)
    parts = list(filter(None, (book.cell(table, *part) for part in one.parts)))
    if whole is None or len(parts) < 2:
        return None
    return _add_up(whole, parts, SILENT) if {part.base for part in parts} == {whole.base} else None


def _tell_misprinted(relations: Iterable[Relation]) -> Iterator[Relation]:
    """Sums, told where a misprint explains that they do not hold."""
    for relation in relations:
        is_told = is_near_stroke(relation.subject, relation.others)
        yield msgspec.structs.replace(relation, otherwise=TOLD) if is_told else relation


def _propose_habitual(relations: Sequence[Relation]) -> Iterator[Relation]:
    """Sums of the same columns; where most of them hold a total of 0 that has parts is told, too."""
    yield from _tell_misprinted(relations)
    asked = [relation for relation in relations if sum(part.value != 0 for part in relation.others) > 1]
    failing = list(filter(has_failed, asked))
    if len(asked) - len(failing) >= len(failing):
        empty = (relation for relation in failing if relation.subject.value == 0)
        yield from (msgspec.structs.replace(relation, otherwise=TOLD, severity="warning") for relation in empty)


def _doubt_layout(relations: Iterable[Relation]) -> Iterator[Relation]:
    """The sums that a layout promises; those that do not hold only where it is the layout that most of them have.

    The sums of the same columns are asked together.
    """
    groups: dict[tuple[int | None, ...], list[Relation]] = {}
    for relation in relations:
        columns = tuple(amount.operand.column for _, amount in relation.operands)
        groups.setdefault(columns if len(set(columns)) > 1 else (), []).append(relation)
    for group in groups.values():
        failing = sum(map(has_failed, group))
        is_doubtful = failing > MOST_FAILING and 2 * failing > len(group)
        yield from (_silence(relation) if is_doubtful else relation for relation in group)


def _silence(relation: Relation) -> Relation:
    return msgspec.structs.replace(relation, otherwise=SILENT)


def _add_up(whole: Amount, parts: Sequence[Amount], otherwise: str = TOLD) -> Relation:
    operands = (("total", whole), *(("part", part) for part in parts))
    return Relation(RULE, "total", operands, otherwise=otherwise)


def _propose_divided(divided: DividedCells) -> Relation | None:
    """The sides of a division as the sum of a row in front; told where a misprint explains that they are not.

    Where it is plain which row is divided, it does so however easily chance might.
    """
    sums = [_divide(whole, divided) for whole in divided.wholes]
    misprinted = (one for one in sums if is_stroke(one.subject, one.others))
    plain = (one for one in sums if one.subject in divided.heads and is_rounded_stroke(one.subject, one.others, rare=0))
    return find_fitting(sums) or next(misprinted, None) or next(plain, None)


def _divide(whole: Amount, divided: DividedCells) -> Relation:
    relation = _add_up(whole, divided.parts)
    return msgspec.structs.replace(relation, form="divided", evidence=(divided.pattern,))


def _propose_found(book: Book, table: Table, one: FoundSum, found: FoundSums) -> Relation | None:
    """A sum that the numbers of a table show; one that fails is told where one misprint explains it."""
    amounts = list(filter(None, (book.cell(table, *place) for place in (one.total, *one.parts))))
    if len(amounts) <= len(one.parts):
        return None
    whole, parts = _split(share_unit(amounts))
    relation = msgspec.structs.replace(_add_up(whole, parts, SILENT), form="found")
    if one.habit is None:
        return relation
    if not one.habit.is_lone:
        return _tell_whole(relation, one.habit)
    return _tell_lone(relation, found.is_crossed(table, one), one.habit, one.is_far)


def _tell_lone(relation: Relation, is_crossed: bool, habit: Habit, is_far: bool) -> Relation:
    """A sum that is alone in failing: told where a misprint or another sum explains it; a labelled one is a warning."""
    if is_padded(relation.subject, relation.others):
        return relation
    is_odd = habit.telling < PLENTY and is_one_too_many(relation.subject, relation.others, 1)
    is_explained = habit.is_slip or _is_explained(relation, habit.solid + habit.is_labelled)
    if is_crossed or (is_explained and not is_odd):
        return msgspec.structs.replace(relation, otherwise=TOLD)
    is_all = habit.is_whole and len(relation.others) <= FEW
    is_sure = habit.is_labelled and habit.telling >= (1 if is_all else OFTEN)
    if is_far or not is_sure or is_one_too_many(relation.subject, relation.others, len(relation.others)):
        return relation
    return msgspec.structs.replace(relation, otherwise=TOLD, severity="warning")


def _tell_whole(relation: Relation, habit: Habit) -> Relation:
    """A sum that fails as often as it holds: a doubt where all of a line is summed and a misprint explains it."""
    is_sure = habit.is_whole and habit.is_even and _is_explained(relation, habit.solid + WHOLE)
    if not is_sure or is_one_too_many(relation.subject, relation.others, 1):
        return relation
    return msgspec.structs.replace(relation, form="whole", otherwise=TOLD)


def _is_explained(relation: Relation, places: int) -> bool:
    """Whether a misprint explains why a sum fails.

    The more ``places`` say that it is one, the less it matters that chance may do so too, as it does where parts are
    many.
    """
    if len(relation.others) > FEW:
        return is_stroke(relation.subject, relation.others)
    rare = RARE // max(1, places)
    return is_rounded_stroke(relation.subject, relation.others, rare)


def _propose_mirrored(mirrored: Mirrored) -> Iterator[Relation]:
    """An item of basic expenditure as the sum of several accounts; told as far as it is."""
    if len(mirrored.parts) > 1:
        relation = _add_up(mirrored.cell, mirrored.parts, SILENT)
        yield msgspec.structs.replace(relation, evidence=(mirrored.pattern,))


def _propose_listed(book: Book, listed: ListedTotal) -> Iterator[Relation]:
    """A cell as the sum of the items that the narrative lists; a remark where an item differs from its own cell."""
    if not listed.is_cell or len(listed.items) == 1:
        return
    amounts = [listed.total, *(book.amount(item.claim) for item in listed.items)]
    mended = _add_up(*_split(mend_told(book, listed, amounts)))
    yield soften(_add_up(*_split(amounts)), mended.operands, "follows")


def _split(amounts: Sequence[Amount]) -> tuple[Amount, Sequence[Amount]]:
    """A total in front of its parts, apart from them."""
    return amounts[0], amounts[1:]


# ── inside of one statement ──────────────────────────────────────────────────────────────────────────────────────────


def _propose_sums(statement: Statement) -> Iterator[Relation]:
    """The sums of a statement in the order of their levels; one that only fails for a cell found wrong is a remark.

    ``mended`` are the totals that their parts contradict, as the parts have them.
    """
    mended: dict[Place, Amount] = {}
    for one in list_sums(statement):
        numbers = read_numbers(statement, one)
        if numbers:
            relation = _propose_sum(numbers, mended)
            if _is_wrong(relation):
                mended[one.total] = _mend(relation)
            yield relation


def _propose_sum(numbers: Numbers, mended: dict[Place, Amount]) -> Relation:
    """A sum; a remark where it holds with the cells that were found wrong put right."""
    amounts = [amount for _, amount in numbers]
    relation = _add_up(*_split(amounts))
    if not mended:
        return relation
    right = [mended.get(place, amount) for place, amount in numbers]
    return soften(relation, _add_up(*_split(right)).operands, "follows")


def _is_wrong(relation: Relation) -> bool:
    """Whether a sum fails by itself; digits that add up are not asked any further."""
    if relation.form != "total":
        return False
    summed = add_up(part.exact for part in relation.others)
    return relation.subject.exact != summed and has_failed(relation)


def _mend(relation: Relation) -> Amount:
    """A total as its parts have it."""
    allowed = total(part.rounded for part in relation.others)
    return msgspec.structs.replace(relation.subject, rounded=allowed, cut=allowed)
