"""Groups in which every two members are alike enough: complete linkage over a sparse table of likeness."""

from __future__ import annotations

import heapq

from framing.corpus.likeness import Floats
from framing.corpus.shingles import Ints


def link_completely(n: int, first: Ints, second: Ints, likeness: Floats) -> list[int]:
    """The group of each of n articles, numbered by their first members; pairs that are not listed are never in one group.

    The two groups of which the least alike members are most alike are joined, again and again, until no two groups are left of
    which every two members are listed (Sørensen 1948). Ties are broken by the groups' first members.

    >>> import numpy as np
    >>> link_completely(4, np.array([0, 0, 1]), np.array([1, 2, 2]), np.array([0.9, 0.5, 0.4]))
    [0, 0, 0, 3]
    """
    near = _neighbours(n, first, second, likeness)
    queue = [(-value, a, b) for a in range(n) for b, value in near[a].items() if a < b]
    heapq.heapify(queue)
    group = list(range(n))
    members = {one: [one] for one in range(n)}
    while queue:
        value, a, b = heapq.heappop(queue)
        if a not in members or b not in members or near[a].get(b) != -value:
            continue  # one of them has been joined since
        for member in members.pop(b):
            group[member] = a
            members[a].append(member)
        both = near[a].keys() & near[b].keys()
        for other in near[a].keys() | near[b].keys():
            near[other].pop(a, None)
            near[other].pop(b, None)
        near[a] = {other: min(near[a][other], near[b][other]) for other in both}
        near[b] = {}
        for other, least in near[a].items():
            near[other][a] = least
            heapq.heappush(queue, (-least, min(a, other), max(a, other)))
    return group


def _neighbours(n: int, first: Ints, second: Ints, likeness: Floats) -> list[dict[int, float]]:
    near: list[dict[int, float]] = [{} for _ in range(n)]
    for a, b, value in zip(first.tolist(), second.tolist(), likeness.tolist(), strict=True):
        near[a][b] = near[b][a] = value
    return near
