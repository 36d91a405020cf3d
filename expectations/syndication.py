"""The same story in several outlets: one witness with echoes, found by MinHash over shingles."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from expectations.addresses import twin_key
from warehouse.fields import Release

WORD = re.compile(r"\w+")
SHINGLE = 4
PERMUTATIONS = 64
ALIKE = 0.5  # of the shingles; reprints cut and retouch the lead


def echoes(releases: Sequence[Release]) -> dict[str, str]:
    """Map each release to the one it repeats, the earliest of its story; most to themselves.

    Reprints in one language and translations of one release by its own publisher are echoes.
    """
    ranked = sorted(releases, key=lambda r: (r.published, r.source, r.release_id))
    prints = {r.release_id: minhash(r.text) for r in ranked}
    leader: dict[str, str] = {}
    for release in ranked:
        first = next(
            (r for r in ranked if r.release_id in leader and same(r, release, prints)), None
        )
        leader[release.release_id] = leader[first.release_id] if first else release.release_id
    return leader


def same(a: Release, b: Release, prints: Mapping[str, object]) -> bool:
    if a.source == b.source and twin_key(a.url) == twin_key(b.url):
        return True
    one, other = prints[a.release_id], prints[b.release_id]
    return bool(a.language == b.language and one.jaccard(other) >= ALIKE)  # type: ignore[attr-defined]


def minhash(text: str) -> object:
    from datasketch import MinHash

    words = WORD.findall(text.lower())
    sketch = MinHash(num_perm=PERMUTATIONS, seed=1)
    grams = {" ".join(words[i : i + SHINGLE]) for i in range(max(1, len(words) - SHINGLE + 1))}
    sketch.update_batch([gram.encode() for gram in sorted(grams)])
    return sketch
