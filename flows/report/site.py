"""Pages from templates into a folder: escaped throughout, nothing from outside, links relative."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from shutil import copyfile
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from flows.report import words
from warehouse.fields import FINDING_TYPES, MEASURES, VERDICTS

TEMPLATES = Path(__file__).with_name("templates")
# No script, no frame, no form, nothing from another host: hostile text has nothing to work with.
POLICY = "; ".join(
    (
        *("default-src 'none'", "style-src 'self'", "img-src 'self' data:"),
        *("base-uri 'none'", "form-action 'none'"),
    )
)


@dataclass(frozen=True)
class Leaf:
    """One of the pages of a long list."""

    path: str
    number: int
    of: int
    before: str | None
    after: str | None
    items: Sequence[Any]


class Site:
    """A folder that pages are written into."""

    def __init__(self, folder: Path, **shared: Any) -> None:
        self.folder = folder
        self.pages = 0
        self._made: set[Path] = set()
        self._environment = environment()
        self._environment.globals.update(shared)
        for name in ("style.css", "icon.svg"):
            copyfile(TEMPLATES / name, folder / name)

    def page(self, path: str, template: str, **context: Any) -> None:
        """Write one page; ``root`` leads from it to the top of the site."""
        final = self.folder / path
        if final.parent not in self._made:
            final.parent.mkdir(parents=True, exist_ok=True)
            self._made.add(final.parent)
        root = "../" * path.count("/")
        page = self._environment.get_template(template).render(context, root=root, path=path)
        final.write_text(page, encoding="utf-8")
        self.pages += 1

    def paged(
        self, stem: str, template: str, items: Sequence[Any], *, size: int, **context: Any
    ) -> None:
        """Write a list as pages of so many items: ``stem/index.html``, ``stem/page-2.html`` …"""
        last = max(1, -(-len(items) // size))
        paths = [f"{stem}/index.html"] + [f"{stem}/page-{n}.html" for n in range(2, last + 1)]
        for n, path in enumerate(paths):
            leaf = Leaf(
                path=path,
                number=n + 1,
                of=last,
                before=paths[n - 1] if n else None,
                after=paths[n + 1] if n + 1 < last else None,
                items=items[n * size : (n + 1) * size],
            )
            self.page(path, template, leaf=leaf, total=len(items), **context)


def environment() -> Environment:
    found = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
    )
    said: Sequence[Callable[..., Any]] = (
        *(words.amount, words.interval, words.period, words.day, words.short_day, words.moment),
        *(words.area, words.pair, words.indicator, words.measured, words.label),
        words.web_address,
    )
    found.globals.update({f.__name__: f for f in said})
    found.globals.update(
        POLICY=POLICY, FINDING_TYPES=FINDING_TYPES, VERDICTS=VERDICTS, MEASURES=MEASURES
    )
    return found
