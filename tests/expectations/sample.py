"""Figures by hand, for tests of the checks: name what matters, the rest is plausible."""

import itertools
from datetime import date

from warehouse.fields import Figure, Release, content_id

numbers = itertools.count()


def figure(value=9.8e9, *, low=None, high=None, width=0.005, **fields):
    """A figure whose interval is a half per cent wide on either side unless it is given."""
    told = {
        "source": "kremlin",
        "url": "http://en.kremlin.ru/events/president/news/70001",
        "language": "en",
        "published": date(2024, 5, 27),
        "indicator": "trade.turnover",
        "measure": "level",
        "ref_area": "UZ",
        "counterpart_area": "RU",
        "time_period": "2023",
        "status": "actual",
        "unit": "USD",
        "bound": "exact",
        "quote": f"{value:,.0f}",
        "start": 10,
        "rules": "{}",
        "extractor_version": "test",
        **fields,
    }
    told.setdefault("end", told["start"] + len(told["quote"]))
    told.setdefault("release_id", content_id(told["url"], told.pop("version", 1)))
    told.setdefault(
        "figure_id", content_id(told["release_id"], told["start"], value, next(numbers))
    )
    if low is None and high is None:
        low, high = value - abs(value) * width, value + abs(value) * width
    return Figure(value=value, low=low, high=high, **told)


def uzbek(value=9.8e9, **fields):
    told = {
        "source": "uza",
        "url": "https://uza.uz/en/posts/trade_500001",
        "published": date(2024, 2, 1),
        "reporter": "UZ",
        **fields,
    }
    return figure(value, **told)


def russian(value=9.8e9, **fields):
    return figure(value, **{"reporter": "RU", **fields})


def release(text, *, url="https://uza.uz/en/posts/trade_500001", **fields):
    digest = content_id(text)
    told = {
        "release_id": content_id(url, digest),
        "source": "uza",
        "language": "en",
        "title": "Trade",
        "published": date(2024, 2, 1),
        "text_sha256": digest,
        "parser": "test",
        "parser_version": "1",
        **fields,
    }
    return Release(url=url, text=text, **told)
