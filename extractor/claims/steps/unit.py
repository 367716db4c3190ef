"""The unit of a number, where the number leaves it out because the text around it has stated it."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from extractor import patterns
from extractor.claims.context import Context
from extractor.claims.phrases import clean_phrase
from extractor.claims.readings import Reading, Settled
from extractor.claims.sentences import Mention
from extractor.claims.steps.frame import settle_frame
from extractor.quantities import numerals, units
from extractor.quantities.model import Quantity
from extractor.quantities.sharing import read_in_unit

# The name of money and what may stand behind it are no longer than this.
NAME = 16


def settle_unit(reading: Reading, context: Context) -> Settled[Mention]:
    """The mention with its number in the unit that is meant: that of the last amount with a unit of its own.

    The ends of a move and numbers whose name has no unit stay as they are.

    >>> from extractor.claims.trial import read_last
    >>> quantity = read_last("基本支出692.39万元，支出决算数为814.37，").quantity
    >>> quantity.unit, quantity.unit_implied, quantity.value * quantity.factor
    ('', '万元', Decimal('8143700.00'))
    >>> read_last("投资692.39万元，项目容积率为2.07，").quantity.unit_implied
    """
    mention, told = reading.mention, context.told
    if not told or not is_bare(mention.quantity):
        return Settled(mention)
    if _is_ratio(reading, context):
        return Settled(mention)
    quantity = read_in_unit(mention.quantity, told.unit)
    return Settled(msgspec.structs.replace(mention, quantity=quantity), next(iter(told.evidence), None))


def is_bare(quantity: Quantity) -> bool:
    """Whether a number has no unit at all, not even that of its series, so that one stated elsewhere is meant."""
    return not (quantity.unit or quantity.unit_implied) and quantity.dimension == "count"


def complete_units(text: str, quantities: Sequence[Quantity]) -> list[Quantity]:
    """The quantities of a paragraph, with what its own words say of units that are written in part or not at all.

    Numbers in 万 or 亿 alone are money where the paragraph counts money; what grew by a number that lost its sign grew
    by percent.

    >>> from extractor.quantities import find
    >>> text = "总预算1170万元，其中设备870万，增加5万元，增长13.95。"
    >>> [(quantity.dimension, quantity.unit_implied) for quantity in complete_units(text, find(text))]
    [('money', None), ('money', None), ('money', None), ('percent', '%')]
    """
    counts_money = "money" in {quantity.dimension for quantity in quantities}
    return [_complete_unit(text, quantity, counts_money) for quantity in quantities]


def _complete_unit(text: str, quantity: Quantity, counts_money: bool) -> Quantity:
    """A quantity in the unit that its paragraph means, where it writes none or a part of one."""
    unit = None
    if _is_multiplied(quantity) and (counts_money or _is_called_money(text, quantity)):
        unit = quantity.unit + units.first("money").base
    elif is_bare(quantity) and _is_rate(text, quantity):
        unit = _spell_unit(units.first("percent"))
    return read_in_unit(quantity, unit) if unit else quantity


def _is_called_money(text: str, quantity: Quantity) -> bool:
    """Whether the words right in front of a number name money.

    >>> from extractor.claims.trial import read_last
    >>> read_last("社区办公经费合计54.62万拨付到社区").quantity.dimension
    'money'
    """
    front = text[max(0, quantity.start - NAME) : quantity.start]
    return bool(patterns.fragment("claims/subjects", "money_called").search(front))


def _is_rate(text: str, quantity: Quantity) -> bool:
    """Whether the words in front of a number tell that something grew by it."""
    words = tuple(numerals.table().words["rates"])
    return text.endswith(words, 0, quantity.start)


def _is_multiplied(quantity: Quantity) -> bool:
    """Whether a number has a multiplier for its only unit."""
    if quantity.dimension != "count" or not quantity.unit:
        return False
    return not quantity.unit.strip(units.multipliers())


def _spell_unit(reading: units.Reading) -> str:
    """The first word of a unit."""
    return units.entries()[reading.pattern].words[0]


def _is_ratio(reading: Reading, context: Context) -> bool:
    """Whether a bare number is one end of a move (由2.07缩小为2.04), or is called by a name that has no unit."""
    frame = settle_frame(reading, context).value
    if frame.end:
        return True
    name = patterns.fragment(numerals.FILE, "called").sub("", clean_phrase(frame.lead) or context.last_metric)
    return bool(name.endswith(tuple(numerals.table().words["pure"])))
