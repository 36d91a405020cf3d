"""A warehouse of any size for the benchmarks, made by SQL: plausible keys, quotes and intervals."""

from pathlib import Path

from warehouse.engine import connect, quoted

FIGURES = """
WITH n AS (SELECT range AS i, (hash(range) >> 2)::BIGINT AS h,
  (hash(range + 1000000007) >> 2)::BIGINT AS g
  FROM range({first}, {last})),
k AS (SELECT *, ['trade.turnover', 'trade.exports', 'trade.imports', 'investment.stock',
    'energy.gas', 'transport.freight', 'education.students', 'labour.migrants'][1 + h % 8] AS ind,
  ['KZ', 'KG', 'TJ', 'TM', 'UZ', 'C5'][1 + (h >> 8) % 6] AS area,
  2006 + (h >> 16) % 20 AS year, (h >> 24) % 13 AS month, (h >> 32) % 4 AS part FROM n)
SELECT sha256(i::VARCHAR)[1:20] AS figure_id, sha256((i // 5)::VARCHAR)[1:20] AS release_id,
  ['kremlin', 'akorda', 'president.uz', 'gazeta', 'tvbrics'][1 + g % 5] AS source,
  'http://example.org/events/news/' || (i // 5) AS url, ['en', 'ru'][1 + (g >> 4) % 2] AS language,
  DATE '2016-01-01' + (i // {a_day})::INTEGER AS published, ind AS indicator,
  ['level', 'growth', 'level', 'share'][1 + part] AS measure, area AS ref_area,
  'RU' AS counterpart_area,
  year || CASE WHEN month = 0 THEN '' ELSE '-' || lpad(month::VARCHAR, 2, '0') END AS time_period,
  'actual' AS status, CASE WHEN (g >> 8) % 10 = 0 THEN 'region ' || (g >> 12) % 80 END AS scope,
  (1 + year % 9) * 1e9 + ((g >> 20) % 40) * 1e6
    + CASE WHEN g % 300 = 0 THEN 1e9 ELSE 0 END AS value, NULL::DOUBLE AS value_high,
  'USD' AS unit, 'exact' AS bound, value - 5e7 AS low, value + 5e7 AS high,
  'trade reached $' || (value / 1e9)::VARCHAR || ' billion in ' || time_period AS quote,
  (g >> 30) % 3000 AS "start", (g >> 30) % 3000 + 40 AS "end",
  ['Vladimir Putin', NULL, NULL, 'Kassym-Jomart Tokayev'][1 + (g >> 40) % 4] AS speaker,
  NULL::VARCHAR AS reporter, '{{"indicator":"turnover-' || h % 50 || '"}}' AS rules,
  '1' AS extractor_version, TIMESTAMPTZ '2016-01-01 02:00:00Z' + INTERVAL (i // {a_day}) DAY
  AS recorded_at
FROM k ORDER BY ALL
"""
RELEASES = """
SELECT sha256(range::VARCHAR)[1:20] AS release_id, 'kremlin' AS source,
  'http://example.org/events/news/' || range AS url, 'en' AS language, 'Talks ' || range AS title,
  DATE '2016-01-01' + (range * 5 // {a_day})::INTEGER AS published,
  NULL::TIMESTAMPTZ AS published_at,
  NULL::VARCHAR AS place, NULL::VARCHAR AS lead,
  repeat('Trade grew, said number ' || range || '. ', 20) AS text,
  sha256(range::VARCHAR) AS text_sha256, NULL::VARCHAR AS native_id, NULL::VARCHAR AS capture_id,
  'kremlin' AS parser, '1' AS parser_version,
  TIMESTAMPTZ '2016-01-01 02:00:00Z' + INTERVAL (range * 5 // {a_day}) DAY AS recorded_at
FROM range({first} // 5, {last} // 5)
"""


def fill(root: Path, rows: int, *, files: int, releases: bool = True) -> None:
    """Write ``rows`` figures, and a release for five of them, in ``files`` batches of ten years."""
    a_day = max(rows // 3650, 1)
    with connect() as con:
        for number in range(files):
            span = {"first": rows * number // files, "last": rows * (number + 1) // files}
            month = f"{2016 + number * 10 // files}-{1 + number * 120 // files % 12:02}"
            for table, sql in (("figures", FIGURES), ("releases", RELEASES)):
                if table == "releases" and not releases:
                    continue
                folder = root / table / f"ingest_month={month}"
                folder.mkdir(parents=True, exist_ok=True)
                made = quoted(folder / f"{number:05}.parquet")
                con.execute(f"COPY ({sql.format(a_day=a_day, **span)}) TO {made} (CODEC zstd)")
