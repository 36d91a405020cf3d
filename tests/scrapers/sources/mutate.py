"""Pages broken in the ways that sites, proxies and mirrors break them, and in worse ones."""

from __future__ import annotations

import re
from collections.abc import Callable
from random import Random

TAG = re.compile(rb"<[^<>]{1,300}>")
JUNK = [
    b"<", b">", b"&", b"&#0;", b"&#x110000;", b"&nbsp;", b"\x00", b"\xff\xfe", b"\xd0", b"]]>",
    b"<![CDATA[", b"<!--", b"-->", b"<script>", b"</script>", b"<plaintext>", b"<table><tr><td>",
    b"<p>" * 60, b"<div>" * 600, b"<b>" * 300, b"</div>" * 30, b"<svg><foreignObject>",
    b"<template>", b"<math><mi>", b"<select><option>", b"<frameset>", b"<!DOCTYPE x [<!ENTITY a>]>",
    b"31.02.2026", b"00.00.00", b"2026-13-45", b"99:99", b"9" * 5000, b'{"a":' * 500,
    b"[" * 5000, b"null", b"true", b"1e999", "\u202e\u0000\ud7ff".encode(), "İ".encode() * 50,
    b'<time datetime="0000-00-00">', b'<time datetime="9999-12-31T23:59:59+99:99">',
    b'<base href="http://[">', b'<a href="http://[::1">x</a>', b'<a href="//">x</a>',
]  # fmt: skip

Mutation = Callable[[bytes, Random], bytes]


def _cut(body: bytes, random: Random) -> tuple[int, int]:
    start = random.randrange(len(body) + 1)
    return start, min(len(body), start + random.choice([1, 5, 40, 400, 4000]))


def drop(body: bytes, random: Random) -> bytes:
    start, end = _cut(body, random)
    return body[:start] + body[end:]


def repeat(body: bytes, random: Random) -> bytes:
    start, end = _cut(body, random)
    return body[:end] + body[start:end] * random.choice([1, 3, 30]) + body[end:]


def move(body: bytes, random: Random) -> bytes:
    start, end = _cut(body, random)
    rest = body[:start] + body[end:]
    place = random.randrange(len(rest) + 1)
    return rest[:place] + body[start:end] + rest[place:]


def truncate(body: bytes, random: Random) -> bytes:
    return body[: random.randrange(len(body) + 1)]


def junk(body: bytes, random: Random) -> bytes:
    place = random.randrange(len(body) + 1)
    return body[:place] + random.choice(JUNK) + body[place:]


def flip(body: bytes, random: Random) -> bytes:
    broken = bytearray(body)
    for _ in range(random.choice([1, 5, 50])):
        if broken:
            broken[random.randrange(len(broken))] = random.randrange(256)
    return bytes(broken)


def lose_tags(body: bytes, random: Random) -> bytes:
    share = random.choice([0.02, 0.2, 0.7])
    return TAG.sub(lambda tag: b"" if random.random() < share else tag[0], body)


def swap_tags(body: bytes, random: Random) -> bytes:
    tags = TAG.findall(body) or [b"<p>"]
    return TAG.sub(lambda tag: random.choice(tags) if random.random() < 0.05 else tag[0], body)


def swap_values(body: bytes, random: Random) -> bytes:
    """Change what a JSON field or an attribute holds into something of another kind."""
    values = [b"null", b"[]", b"{}", b"0", b'"\\ud800"', b"-1e400", b'""', b"true"]
    return re.sub(
        rb'(?<=:)\s*(?:"[^"]{0,80}"|\d+)|(?<==)"[^"]{0,80}"',
        lambda value: random.choice(values) if random.random() < 0.2 else value[0],
        body,
    )


MUTATIONS: tuple[Mutation, ...] = (
    drop, repeat, move, truncate, junk, flip, lose_tags, swap_tags, swap_values,
)  # fmt: skip


def mutated(body: bytes, random: Random) -> bytes:
    """Return a page after one to four mutations."""
    for _ in range(random.randint(1, 4)):
        body = random.choice(MUTATIONS)(body, random)
    return body
