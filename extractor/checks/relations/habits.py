"""Lists of one kind: parts that have the same names wherever the document divides a total like this."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from extractor.amounts.names import normalize_name
from extractor.checks.relations.groups import Group
from extractor.model import Claim

Kind = frozenset[str]


def name_list(group: Group) -> Kind | None:
    """What the parts of a list are called, without what all of their names end in or begin with; None for one part.

    The premiums and the payments of 财产险, 寿险 and 意外险 are divided alike.
    """
    return frozenset(_list_own_names(group.parts)) or None


def is_named_after(whole: Claim, parts: Sequence[Claim]) -> bool:
    """Whether the name of a total is made of the ends of what its parts are called: 猪牛羊存栏 of 生猪, 牛 and 羊."""
    names, metric = _list_own_names(parts), whole.metric or ""
    are_told = all(map(metric.__contains__, names))
    return bool(names) and (are_told or "".join(name[-1] for name in names) in metric)


def _list_own_names(parts: Sequence[Claim]) -> list[str]:
    """The names of parts without what all of them share; none where they do not tell the parts apart."""
    names = [normalize_name(part.metric or "") for part in parts]
    if len(names) < 2 or not all(names):
        return []
    own = _drop_shared(names)
    return own if len(set(own)) == len(own) and all(own) else []


def _drop_shared(names: Sequence[str]) -> list[str]:
    """Names without their common beginning and end.

    >>> _drop_shared(["城镇居民收入", "农村居民收入"]), _drop_shared(["一般债券", "专项债券"])
    (['城镇', '农村'], ['一般', '专项'])
    """
    front = _count_shared(names)
    cut = [name[front:] for name in names]
    back = _count_shared([name[::-1] for name in cut])
    return [name[: len(name) - back] for name in cut]


def _count_shared(names: Sequence[str]) -> int:
    """With how many characters all of some names begin."""
    columns = zip(*names, strict=False)
    return sum(1 for _ in takewhile(lambda column: len(set(column)) == 1, columns))
