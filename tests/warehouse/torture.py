"""A writer killed (SIGKILL) at random moments of append and publish, with a reader polling.

What is wrong is half a batch, a row twice, a row lost that was told to be appended, a published
file that cannot be read, or published tables that are not of one publishing. They grow from files
to folders on the way.
"""

import multiprocessing
import random
import threading
import time
from collections import Counter
from datetime import date

import polars as pl

from tests.warehouse.samples import figure, night, release
from warehouse.errors import NotHeld
from warehouse.publish import publish
from warehouse.read import Tables
from warehouse.tables import Warehouse

ROWS = 20  # a batch
LONGEST_S = 1.0
GROWN = 200  # rows, where a published table becomes a folder
TABLES = ("figures", "series", "releases")


def batch(number):
    of = release(f"night-{number}", published=date(2024 + number % 3, 11, 20))
    return [figure(of, scope=f"batch {number}", start=n, value=3e9 + n) for n in range(ROWS)], of


def write(root, first, told):
    """Append and publish for ever, telling the number of each batch that is in."""
    warehouse = Warehouse(root / "warehouse")
    told.send(None)
    number = first
    while True:
        figures, of = batch(number)
        warehouse.append(figures, recorded_at=night(0))
        warehouse.append([of], recorded_at=night(0))
        told.send(number)
        if number % 3 == 0:
            publish(warehouse, root / "published", only=TABLES, grown=GROWN)
        number += 1


class Reader(threading.Thread):
    """Polls a bare glob over the table, and the published tables, until it is stopped."""

    def __init__(self, root):
        super().__init__()
        self.root, self.polls, self.wrong, self.stopped = root, Counter(), [], threading.Event()

    def run(self):
        while not self.stopped.is_set():
            self.poll("table", self.of_table)
            self.poll("published", self.of_published)
            time.sleep(0.01)

    def of_table(self):
        path = self.root / "warehouse" / "figures" / "**" / "*.parquet"
        return whole(pl.read_parquet(path, columns=["figure_id", "scope"]))

    def of_published(self):
        data = Tables(self.root / "published")
        sql = "SELECT (SELECT count(*) FROM figures), (SELECT sum(statements) FROM series)"
        told = data.sql(sql + f", (SELECT count(*) FROM releases) * {ROWS}").row(0)
        mixed = [f"tables of different publishings: {told}"] if len(set(told)) > 1 else []
        return mixed + whole(data.figures.select("figure_id", "scope").collect())

    def poll(self, name, look):
        try:
            self.wrong += [f"{name}: {wrong}" for wrong in look()]
            self.polls[name] += 1
        except (FileNotFoundError, NotHeld):  # before the very first file is there
            pass
        except Exception as error:  # noqa: BLE001 - whatever it is, a reader met it
            if "expanded paths were empty" not in str(error):
                self.wrong.append(f"{name}: {error}")


def whole(rows):
    """Return what is wrong with rows in which every batch ought to be whole and once."""
    counts = rows.group_by("scope").agg(pl.len(), pl.col("figure_id").n_unique().alias("ids"))
    bad = counts.filter((pl.col("len") != ROWS) | (pl.col("ids") != ROWS))
    return [f"{r['scope']}: {r['len']} rows, {r['ids']} ids" for r in bad.to_dicts()]


def life(context, root, first, chance):
    """Let a writer live for a random while, kill it, and return the next number to append."""
    ours, theirs = context.Pipe(duplex=False)
    writer = context.Process(target=write, args=[root, first, theirs])
    writer.start()
    theirs.close()
    ours.recv()
    time.sleep(chance.random() * LONGEST_S)
    writer.kill()
    writer.join()
    number = first
    try:
        while True:
            number = ours.recv() + 1
    except EOFError:
        return number


def torture(root, kills, *, seed=0):
    """Kill a writer so many times; return how often was read, and what was wrong."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["polars", "duckdb", "pandas", "tests.warehouse.torture"])
    chance, reader, number = random.Random(seed), Reader(root), 1
    reader.start()
    try:
        for _ in range(kills):
            number = life(context, root, number, chance)
    finally:
        reader.stopped.set()
        reader.join()
    wrong = reader.wrong + lost(root, number)
    return {"batches": number - 1, "polls": dict(reader.polls), "wrong": wrong}


def lost(root, number):
    """Return what is wrong once the last batch was appended again and all is published."""
    warehouse = Warehouse(root / "warehouse")
    figures, of = batch(number)
    warehouse.append(figures, recorded_at=night(0))
    warehouse.append([of], recorded_at=night(0))
    publish(warehouse, root / "published", only=TABLES, grown=GROWN)
    wrong = [f"left behind: {p.name}" for p in root.rglob("_tmp.*")]
    expected = {f"batch {n}" for n in range(1, number + 1)}
    places = {
        "scan": warehouse.scan("figures").collect(),
        "glob": pl.read_parquet(root / "warehouse" / "figures" / "**" / "*.parquet"),
        "published": Tables(root / "published").figures.collect(),
    }
    for name, rows in places.items():
        wrong += [f"{name}: {told}" for told in whole(rows)]
        if set(rows["scope"]) != expected:
            wrong.append(f"{name}: batches {sorted(expected ^ set(rows['scope']))}")
    return wrong
