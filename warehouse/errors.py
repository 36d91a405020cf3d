"""What reading, writing and tracing the tables can raise; the command line prints it as one line.

WarehouseError
├── DamagedFile      a Parquet file that cannot be read
├── NewerWarehouse   written by a version of Caravan that knows more than this one
├── NotHeld          an id, or a published file, that is not there
├── BadQuery         a statement that is no query of the published tables
└── Misplaced        an address or option that names no warehouse that we can use
"""

from __future__ import annotations


class WarehouseError(Exception):
    """Anything the warehouse raises on purpose: the thing, the place and the mend."""


class DamagedFile(WarehouseError):  # noqa: N818 - the tree above reads as kinds, not as errors
    """A file of a table cannot be read."""


class NewerWarehouse(WarehouseError):  # noqa: N818
    """The warehouse's layout is newer than this program."""


class NotHeld(WarehouseError):  # noqa: N818
    """What was asked for is not in the warehouse."""


class BadQuery(WarehouseError):  # noqa: N818
    """The statement cannot be answered."""


class Misplaced(WarehouseError):  # noqa: N818
    """An address or an option is wrong."""


def damaged(file: object, why: object) -> DamagedFile:
    return DamagedFile(
        f"{file}: not readable as Parquet ({why}); restore it from a backup, or move it out of the "
        "warehouse, and the next night replays what the archive holds"
    )
