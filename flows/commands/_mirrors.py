"""The options `--source`, `--at` and `--hurry`, alike in all commands that ask sites."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

import click

from scrapers.web.errors import Misconfigured

PATIENCE_S = 5


@dataclass(frozen=True)
class Asked:
    """Which sources are asked, where, and how."""

    sources: tuple[str, ...]
    at: dict[str, str]
    hurry: bool


def asking(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options, and what they say as its first argument."""

    @click.option(
        "--source", "sources", multiple=True, metavar="ID", help="Only this source; may repeat."
    )
    @click.option(
        "--at",
        "mirrors",
        multiple=True,
        metavar="ID=URL",
        help="Ask this address instead of every host of the source: a mirror or a test server.",
    )
    @click.option(
        "--hurry",
        is_flag=True,
        help="Ask mirrors without pause and with short time-outs; live sites never.",
    )
    @wraps(command)
    def with_options(
        sources: tuple[str, ...], mirrors: tuple[str, ...], hurry: bool, **options: Any
    ) -> Any:
        asked = Asked(sources, dict(map(mirror, mirrors)), hurry)
        known_ids((*sources, *asked.at))
        answering(asked.at)
        return command(asked, **options)

    return with_options


def known_ids(ids: Iterable[str]) -> None:
    """Raise Misconfigured where a source is not known, before a server is started to say so."""
    from scrapers.sources import load_sources

    unknown = sorted(set(ids) - set(load_sources()))
    if unknown:
        raise Misconfigured(f"no source {', '.join(unknown)}; `caravan sources list` names them")


def answering(mirrors: Mapping[str, str]) -> None:
    """Raise Misconfigured where nobody answers: a night would ask for a minute, and name the site.

    A mirror was named by hand a moment ago, so that one attempt tells.
    """
    for source, url in mirrors.items():
        parts = urlsplit(url)
        port = parts.port or (443 if parts.scheme == "https" else 80)
        try:
            socket.create_connection((parts.hostname or "", port), timeout=PATIENCE_S).close()
        except OSError as error:
            why = error.strerror or str(error)
            raise Misconfigured(f"--at {source}={url}: nobody answers there ({why})") from error


def mirror(text: str) -> tuple[str, str]:
    source, equals, url = text.partition("=")
    if not (equals and url.startswith(("http://", "https://"))):
        raise click.BadParameter(f"{text!r} is not ID=URL, as in kremlin=http://127.0.0.1:8080")
    return source, url
