"""Every error that reading the outside world can raise.

CaravanError
├── Transient          worth another try, tonight or tomorrow
│   ├── Unreachable    no answer: DNS, connection, TLS, time-out, 5xx after all retries
│   └── Refused        403, 429, a robots rule, a challenge page, an open circuit breaker
├── Terminal           a person must look: retrying changes nothing
│   ├── Misconfigured  a source's YAML, a setting or an address of ours is wrong
│   ├── Forbidden      an address that we must not fetch (other host, private, not http)
│   └── LayoutChanged  a listing or page no longer has the layout that we know
└── Skip               this one item goes to quarantine with its reason
    ├── Missing        404, 410: no such page, or no longer
    ├── BadPage        a page without title, date or text; cut off; wrong charset; too large
    └── BadDocument    a line of a file that is no document
"""

from __future__ import annotations


class CaravanError(Exception):
    """Anything that Caravan raises on purpose; its text names the thing, the place and the mend."""


class Transient(CaravanError):  # noqa: N818 - the tree above reads as kinds, not as errors
    """Worth another try."""


class Unreachable(Transient):
    """No usable answer after all retries."""


class Refused(Transient):
    """The site keeps us out."""


class Terminal(CaravanError):  # noqa: N818
    """A person must look."""


class Misconfigured(Terminal):
    """Our own configuration is wrong."""


class Forbidden(Terminal):
    """An address that we must not fetch."""


class LayoutChanged(Terminal):
    """The page no longer has the layout that we know."""


class Skip(CaravanError):  # noqa: N818
    """One item goes to quarantine."""


class Missing(Skip):
    """No such page, or no longer; the end of a paged listing."""


class BadPage(Skip):
    """A page that cannot become a release."""


class BadDocument(Skip):
    """A line that is no document."""
