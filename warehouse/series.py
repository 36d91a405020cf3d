"""``series``: for each key what is stated of it, as one interval, or as clusters that disagree.

Statements agree where their intervals share a point: on a line, intervals that meet pairwise
all meet in one place, so the greatest lower end not above the least upper end is the whole test.
Where they do not, the fewest clusters that each share a point are formed, least upper end first.

**Independent sources** count voices, and no echo: editions and reprints of one text (the same
text hash at other addresses) are one, and so is a speaker whom several sources quote, in
whatever script the name is written. The lesser of distinct publishers and distinct voices is
told, so that one publisher quoting three ministers is still one source.

**Edited** releases speak by their latest version only; what an earlier one said is kept in
``figures``, and a finding of type ``edit`` tells of it.

**Undated** statements ("today there are 900 companies") are compared within the quarter in which
they were published, which ``stated_in`` names; elsewhere it is null.
"""

from __future__ import annotations

import bisect
import itertools
import unicodedata
from collections.abc import Iterable

import duckdb
import pyarrow as pa

from warehouse.products import KEY

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


# Tables, as `stated` is read twice. What stands twice is rare, and told before anything is ranked.
ORIGINS = """
CREATE OR REPLACE TEMP TABLE origins AS
WITH echoed AS (SELECT * FROM releases WHERE text_sha256 IN
    (SELECT text_sha256 FROM releases GROUP BY text_sha256 HAVING count(*) > 1))
SELECT release_id, origin FROM echoed JOIN (
  SELECT text_sha256, arg_min(source, (published, source, release_id)) AS origin
  FROM echoed GROUP BY text_sha256) USING (text_sha256)
"""
SUPERSEDED = """
CREATE OR REPLACE TEMP TABLE superseded AS
WITH edited AS (SELECT * FROM releases WHERE url IN
    (SELECT url FROM releases GROUP BY url HAVING count(*) > 1))
SELECT release_id FROM edited JOIN (
  SELECT url, arg_max(release_id, (recorded_at, release_id)) AS latest
  FROM edited GROUP BY url) USING (url) WHERE release_id <> latest
"""
STATED = """
CREATE OR REPLACE TEMP VIEW stated AS
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
WHERE release_id NOT IN (FROM superseded)
"""
# A statement is better the narrower it is, then the later it was made; the id breaks ties.
NAMED = "list_sort(list_distinct(list(source)))"
# A table of hashes for each DISTINCT of each key is twice as dear as lists of a dozen values.
VOICES = "least(list_unique(list(hash(publisher))), list_unique(list(hash(voice))))"
BEST = "arg_min(point, (hi - lo, -epoch(published), figure_id))"
GROUPED = """
CREATE OR REPLACE TEMP TABLE grouped AS
SELECT row_number() OVER () AS k, * FROM (
  SELECT {key}, stated_in, max(lo) <= min(hi) AS agreed, max(lo) AS low, min(hi) AS high,
    {best} AS value, count(*) AS statements, {named} AS named, len(named) AS sources,
    {voices} AS independent_sources,
    list_sort(list_distinct(list(reporter))) AS reporters,
    min(published) AS first_stated, max(published) AS last_stated,
    max(recorded_at) AS recorded_at
  FROM stated GROUP BY ALL)
"""
DISPUTED = """
CREATE OR REPLACE TEMP TABLE disputed AS
SELECT k, lo, hi, point, s.source, publisher, voice, published, figure_id
FROM stated s JOIN grouped g ON NOT g.agreed AND s.stated_in IS NOT DISTINCT FROM g.stated_in
  AND {same}
"""
DISPUTES = """
CREATE OR REPLACE TEMP TABLE disputes AS
WITH told AS (
  SELECT k, cluster, max(lo) AS low, min(hi) AS high,
    greatest(max(lo), least(min(hi), {best})) AS value, count(*) AS statements,
    {named} AS sources, ({voices}, count(*), max(published), -cluster) AS support
  FROM disputed JOIN clustered USING (k, lo, hi) GROUP BY k, cluster)
SELECT k, min(low) AS low, max(high) AS high, arg_max(value, support) AS value,
  list({{'low': low, 'high': high, 'value': value, 'statements': statements, 'sources': sources}}
    ORDER BY low) AS clusters
FROM told GROUP BY k
"""
SERIES = """
CREATE OR REPLACE TEMP TABLE series_made AS
WITH told AS (
  SELECT g.* EXCLUDE (k, low, high, value, named),
    CASE WHEN agreed THEN g.low ELSE d.low END AS low,
    CASE WHEN agreed THEN g.high ELSE d.high END AS high,
    CASE WHEN agreed THEN greatest(g.low, least(g.high, g.value)) ELSE d.value END AS value,
    CASE WHEN agreed THEN [{{'low': g.low, 'high': g.high,
      'value': greatest(g.low, least(g.high, g.value)),
      'statements': statements, 'sources': named}}] ELSE d.clusters END AS told_by
  FROM grouped g LEFT JOIN disputes d USING (k)),
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
    for statement in (ORIGINS, SUPERSEDED, STATED):
        con.execute(statement)
    told = {"best": BEST, "named": NAMED, "voices": VOICES}
    con.execute(GROUPED.format(key=", ".join(KEY), **told))
    con.execute(DISPUTED.format(same=_same("s", "g")))
    intervals = con.execute("SELECT DISTINCT k, lo, hi FROM disputed ORDER BY k, hi, lo").fetchall()
    con.register("clustered", _clustered(intervals))
    con.execute(DISPUTES.format(**told))
    con.execute(
        SERIES.format(
            before=_same("t", "p", [k for k in KEY if k != "time_period"]),
            told=", ".join(f"t.{k}" for k in KEY),
            blank=", ".join(f"coalesce(t.{k}, '')" for k in KEY),
            closed=", ".join(f"CASE WHEN isfinite(t.{k}) THEN t.{k} END AS {k}"
                             for k in ("low", "high")),
        )
    )  # fmt: skip


def _same(one: str, other: str, names: Iterable[str] = KEY) -> str:
    return " AND ".join(f"{one}.{k} IS NOT DISTINCT FROM {other}.{k}" for k in names)


def _clustered(intervals: list[tuple[int, float, float]]) -> pa.Table:
    found: list[int] = []
    for _, group in itertools.groupby(intervals, key=lambda row: row[0]):
        found += clusters((low, high) for _, low, high in group)
    k, low, high = zip(*intervals, strict=True) if intervals else ((), (), ())
    return pa.table(
        {
            "k": pa.array(k, pa.int64()),
            "lo": pa.array(low, pa.float64()),
            "hi": pa.array(high, pa.float64()),
            "cluster": pa.array(found, pa.int64()),
        }
    )


def clusters(intervals: Iterable[tuple[float, float]]) -> list[int]:
    """Return, for intervals ordered by upper end, the number of the cluster of each.

    The clusters are the fewest that each share a point. An interval that fits several ("more
    than 3 billion") goes to the lowest.
    """
    points: list[float] = []
    found = []
    for low, high in intervals:
        place = bisect.bisect_left(points, low)
        if place == len(points):
            points.append(high)
        found.append(place)
    return found
