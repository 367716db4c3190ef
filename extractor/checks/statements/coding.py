"""Which rows of the statements a narrative means when it names accounts (类, 款, 项): their codes, class by class."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property, partial
from itertools import filterfalse
from operator import methodcaller

from msgspec import Struct

from extractor.checks.statements.classification import CLASS, GROUP, ITEM, LEVELS, classes
from extractor.model import Claim

# Which name is listed of a code: that of the 款 above it, and its own.
ABOVE, OWN = 0, 1


class Naming(Struct, frozen=True):
    """A claim about an account: the names of its 类, 款 and 项 as far as they are told, and whose expenditure it is."""

    claim: Claim
    names: tuple[str, ...]
    scope: str


class Account(Struct, frozen=True):
    """A claim about an account: its names, its code where it could be told, and whose expenditure it is of.

    ``top`` is the code of its 类. ``doubt`` says that several rows could be meant.
    """

    claim: Claim
    names: tuple[str, ...]
    code: str
    scope: str
    top: str = ""
    doubt: bool = False


class Coder:
    """Finds the codes of the accounts that a narrative names.

    ``listed`` has the name of the 款 and the own name of every code in the statements; ``is_amount_of`` says whether
    a claim states the amount of a code.
    """

    def __init__(self, listed: Mapping[str, tuple[str, str]], is_amount_of: Callable[[Naming, str], bool]) -> None:
        self._listed, self._is_amount_of = listed, is_amount_of
        self._items: dict[str, list[str]] = defaultdict(list)
        for code in self._list_codes(ITEM):
            self._items[code[:CLASS]].append(code)

    def _list_codes(self, digits: int) -> Iterator[str]:
        """The codes in the statements with so many digits."""
        return (code for code in self._listed if len(code) == digits)

    def code(self, namings: Sequence[Naming]) -> Iterator[Account]:
        """The accounts of claims in their order: classes by name, 款 and 项 by their names or as what is left."""
        named = [self._find_by_names(naming.names) for naming in namings]
        taken = {codes[0] for codes in named if len(codes) == 1}
        for naming, codes in zip(namings, named, strict=True):
            left = filterfalse(taken.__contains__, self._list_left(naming.names))
            may_be = codes or list(left)
            code = self._choose(naming, codes, may_be)
            top = self._find_class(naming.names[0])
            is_doubtful = len(may_be) > 0 and not code
            yield Account(naming.claim, naming.names, code, naming.scope, top=top, doubt=is_doubtful)

    def _choose(self, naming: Naming, codes: Sequence[str], may_be: Sequence[str]) -> str:
        """The one code that is named, else the one of those that may be meant whose amount the claim states."""
        if len(codes) == 1:
            return codes[0]
        is_stated = partial(self._is_amount_of, naming)
        stated = list(filter(is_stated, may_be))
        return stated[0] if len(stated) == 1 else ""

    def _find_by_names(self, names: tuple[str, ...]) -> list[str]:
        """The codes whose names are these."""
        top = self._find_class(names[0])
        if not top:
            return []
        if len(names) == 1:
            return [top]
        if len(names) == LEVELS:
            return self._find_items(top, names)
        return self._find_groups(top, names[1])

    def _find_groups(self, top: str, name: str) -> list[str]:
        """The codes of the 款 of a 类 that have a name."""
        inside = filter(methodcaller("startswith", top), self._list_codes(GROUP))
        return self._pick_named(inside, OWN, name)

    def _find_items(self, top: str, names: tuple[str, ...]) -> list[str]:
        """The codes of the 项 of a 类 that have a name; that of the 款 is asked where some of them have it above."""
        items = self._pick_named(self._items[top], OWN, names[2])
        exact = self._pick_named(items, ABOVE, names[1])
        return exact or items

    def _pick_named(self, codes: Iterable[str], which: int, name: str) -> list[str]:
        """Of some codes those whose own name, or that of the 款 above, is this one."""
        return [code for code in codes if self._listed[code][which] == name]

    def _list_left(self, names: tuple[str, ...]) -> list[str]:
        """The items of a class, one of which must be meant by a name that no row has."""
        if len(names) != LEVELS:
            return []
        top = self._find_class(names[0])
        return self._items[top]

    def _find_class(self, name: str) -> str:
        """The code of a class by its name: as the statements have it, else as the classification."""
        listed = self._classes.get(name)
        return listed or classes().get(name, "")

    @cached_property
    def _classes(self) -> Mapping[str, str]:
        """The codes of the classes by the names that the statements give them."""
        codes = self._list_codes(CLASS)
        return {self._listed[code][OWN]: code for code in codes}
