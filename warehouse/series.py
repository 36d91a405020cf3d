"""``series``: for each key what is stated of it, as one interval, or as clusters that disagree.

Statements agree where their intervals share a point: on a line, intervals that meet pairwise
all meet in one place, so the greatest lower end not above the least upper end is the whole test.
Where they do not, the fewest clusters that each share a point are formed, least upper end first.

**Independent sources** count voices, and no echo: editions and reprints of one text (the same
text hash at other addresses) are one, and so is a speaker whom several sources quote, in
whatever script the name is written. The lesser of distinct publishers and distinct voices is
told, so that one publisher quoting three ministers is still one source.

**Undated** statements ("today there are 900 companies") are compared within the quarter in which
they were published, which ``stated_in`` names; elsewhere it is null.
"""

from __future__ import annotations

import itertools
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Any

import duckdb
import pyarrow as pa

from warehouse.parquet import ARROW_TYPES
from warehouse.products import KEY, Cluster

_CYRILLIC = dict(
    zip(
        "абвгдеёжзийклмнопрстуфхцчшщъыьэюяқғҳўіңөүұһә",
        "a b v g d e e j z i i k l m n o p r s t u f h c c s s . y . e u a k g h u i n o u u h a"
        .replace(".", "").split(" "),
        strict=True,
    )
)  # fmt: skip
_LATIN = (("kh", "h"), ("zh", "j"), ("dj", "j"), ("ts", "c"), ("ch", "c"), ("sh", "s"), ("w", "v"))
_SILENT = str.maketrans("", "", "aeiouy'’ʻ`-. ")


def voice(speaker: str) -> str:
    """Return the consonants of a speaker's last name in Latin script.

    "Шавкат Мирзиёев" and "Shavkat Mirziyoyev" have one voice; so have all spellings of Rahmon.
    """
    words = unicodedata.normalize("NFC", speaker).lower().split() or [""]
    name = "".join(_CYRILLIC.get(letter, letter) for letter in words[-1])
    for written, heard in _LATIN:
        name = name.replace(written, heard)
    bare = name.translate(_SILENT) or name
    return "".join(letter for letter, _ in itertools.groupby(bare))


STATED = """
CREATE OR REPLACE TEMP VIEW stated AS
WITH origins AS (
  SELECT release_id, origin FROM releases JOIN (
    SELECT text_sha256, arg_min(source, (published, source, release_id)) AS origin
    FROM releases GROUP BY text_sha256 HAVING count(*) > 1) USING (text_sha256))
SELECT f.*,
  CASE WHEN time_period IS NULL THEN strftime(date_trunc('quarter', published), '%Y-%m') || '/' ||
    strftime(date_trunc('quarter', published) + INTERVAL 2 MONTH, '%Y-%m') END AS stated_in,
  CASE WHEN low IS NULL AND high IS NULL THEN value ELSE coalesce(low, '-inf'::DOUBLE) END AS lo,
  CASE WHEN low IS NULL AND high IS NULL THEN coalesce(value_high, value)
    ELSE coalesce(high, 'inf'::DOUBLE) END AS hi,
  coalesce((value + value_high) / 2, value) AS point,
  coalesce(origin, f.source) AS publisher,
  coalesce(voice, '@' || coalesce(origin, f.source)) AS voice
FROM figures f LEFT JOIN voices USING (speaker) LEFT JOIN origins USING (release_id)
"""
# A statement is better the narrower it is, then the later it was made; the id breaks ties.
BEST = "arg_min(point, (hi - lo, -epoch(published), figure_id))"
GROUPED = """
CREATE OR REPLACE TEMP TABLE grouped AS
SELECT {key}, stated_in, max(lo) <= min(hi) AS agreed, max(lo) AS low, min(hi) AS high,
  {best} AS value, count(*) AS statements, count(DISTINCT source) AS sources,
  least(count(DISTINCT publisher), count(DISTINCT voice)) AS independent_sources,
  list_sort(list_distinct(list(source))) AS named,
  list_sort(list_distinct(list(reporter))) AS reporters,
  min(published) AS first_stated, max(published) AS last_stated,
  max(recorded_at) AS recorded_at
FROM stated GROUP BY ALL
"""
DISPUTED = """
SELECT {key}, s.stated_in, lo, hi, point, s.source, publisher, voice, published, figure_id
FROM stated s JOIN grouped g ON NOT g.agreed AND s.stated_in IS NOT DISTINCT FROM g.stated_in
  AND {same}
ORDER BY {key}, s.stated_in, hi, lo, figure_id
"""
SERIES = """
CREATE OR REPLACE TEMP TABLE series_made AS
WITH told AS (
  SELECT g.* EXCLUDE (low, high, value, named),
    CASE WHEN agreed THEN g.low ELSE d.low END AS low,
    CASE WHEN agreed THEN g.high ELSE d.high END AS high,
    CASE WHEN agreed THEN g.value ELSE d.value END AS value,
    CASE WHEN agreed THEN [{{'low': g.low, 'high': g.high, 'value': g.value,
      'statements': statements, 'sources': named}}] ELSE d.clusters END AS told_by
  FROM grouped g LEFT JOIN disputes d ON {same} AND g.stated_in IS NOT DISTINCT FROM d.stated_in),
dated AS (SELECT *, CASE WHEN measure = 'level' AND time_period IS NOT NULL THEN
    array_to_string(list_transform(string_split(time_period, '/'), lambda t:
      (try_cast(t[1:4] AS INTEGER) - 1)::VARCHAR || t[5:]), '/') END AS year_before FROM told)
SELECT substr(sha256(concat_ws(chr(31), {blank}, coalesce(t.stated_in, ''))), 1, 20) AS series_id,
  {told}, t.stated_in, CASE WHEN t.agreed THEN 'agreed' ELSE 'disputed' END AS agreement,
  {closed}, t.value,
  list_transform(t.told_by, lambda c: {{'low': CASE WHEN isfinite(c.low) THEN c.low END,
    'high': CASE WHEN isfinite(c.high) THEN c.high END, 'value': c.value,
    'statements': c.statements, 'sources': c.sources}}) AS clusters,
  t.statements, t.sources, t.independent_sources, t.reporters,
  t.first_stated, t.last_stated, p.time_period AS previous_period,
  100 * (t.value / p.value - 1) AS change,
  CASE WHEN t.low > 0 AND isfinite(p.high) THEN 100 * (t.low / p.high - 1) END AS change_low,
  CASE WHEN p.low > 0 AND isfinite(t.high) THEN 100 * (t.high / p.low - 1) END AS change_high,
  t.recorded_at
FROM dated t LEFT JOIN told p
  ON t.year_before = p.time_period AND t.value > 0 AND p.value > 0 AND {before}
"""


def build(con: duckdb.DuckDBPyConnection) -> None:
    """Make the table ``series_made`` from the views ``figures`` and ``releases``."""
    said = con.execute("SELECT DISTINCT speaker FROM figures WHERE speaker IS NOT NULL").fetchall()
    speakers = [row[0] for row in said]
    con.register(
        "voices",
        pa.table({"speaker": pa.array(speakers, pa.string()),
                  "voice": pa.array([voice(s) for s in speakers], pa.string())}),
    )  # fmt: skip
    con.execute(STATED)
    con.execute(GROUPED.format(key=", ".join(KEY), best=BEST))
    asked = DISPUTED.format(key=", ".join(f"s.{k}" for k in KEY), same=_same("s", "g"))
    disputes = pa.Table.from_pylist(list(_disputes(con, asked)), schema=_DISPUTE)
    con.register("disputes", disputes)
    con.execute(
        SERIES.format(
            same=_same("g", "d"),
            before=_same("t", "p", [k for k in KEY if k != "time_period"]),
            told=", ".join(f"t.{k}" for k in KEY),
            blank=", ".join(f"coalesce(t.{k}, '')" for k in KEY),
            closed=", ".join(f"CASE WHEN isfinite(t.{k}) THEN t.{k} END AS {k}"
                             for k in ("low", "high")),
        )
    )  # fmt: skip


def _same(one: str, other: str, names: Iterable[str] = KEY) -> str:
    return " AND ".join(f"{one}.{k} IS NOT DISTINCT FROM {other}.{k}" for k in names)


_DISPUTE = pa.schema(
    [
        *((name, pa.string()) for name in (*KEY, "stated_in")),
        *((name, pa.float64()) for name in ("low", "high", "value")),
        ("clusters", ARROW_TYPES[list[Cluster]]),
    ]
)


def _disputes(con: duckdb.DuckDBPyConnection, sql: str) -> Iterator[dict[str, Any]]:
    names = (*KEY, "stated_in")
    rows = itertools.chain.from_iterable(
        batch.to_pylist() for batch in con.sql(sql).to_arrow_reader()
    )
    for key, stated in itertools.groupby(rows, key=lambda row: tuple(row[n] for n in names)):
        groups = sorted(clusters(stated), key=_support)
        told = [_summary(group) for group in groups]
        yield dict(zip(names, key, strict=True)) | {
            # The hull: all that can be said for sure while they disagree.
            "low": min(cluster["low"] for cluster in told),
            "high": max(cluster["high"] for cluster in told),
            "value": told[-1]["value"],
            "clusters": sorted(told, key=lambda cluster: cluster["low"]),
        }


def clusters(stated: Iterable[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    """Yield the fewest groups of statements that each share a point; ordered by ``hi``.

    A statement that fits several groups ("more than 3 billion") goes to the first it fits.
    """
    left = list(stated)
    while left:
        point = left[0]["hi"]
        yield [s for s in left if s["lo"] <= point]
        left = [s for s in left if s["lo"] > point]


def _support(group: list[dict[str, Any]]) -> tuple[int, int, Any, float]:
    voices = min(len({s["publisher"] for s in group}), len({s["voice"] for s in group}))
    return voices, len(group), max(s["published"] for s in group), -group[0]["hi"]


def _summary(group: list[dict[str, Any]]) -> dict[str, Any]:
    low, high = max(s["lo"] for s in group), min(s["hi"] for s in group)
    best = min(
        group,
        key=lambda s: (s["hi"] - s["lo"], -s["published"].toordinal(), s["figure_id"]),
    )
    return {
        "low": low,
        "high": high,
        "value": best["point"],
        "statements": len(group),
        "sources": sorted({s["source"] for s in group}),
    }
