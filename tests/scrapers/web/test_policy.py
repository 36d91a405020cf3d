"""Manners towards a site, and towards what stands in for it."""

import pytest

from scrapers.web.policy import Policy, Site

SITE = Site(id="some", hosts=("some.example",), policy=Policy(spacing_s=15, user_agent="Reader"))


@pytest.mark.parametrize(
    "at", ["http://127.0.0.1:8080/{host}", "http://[::1]:1", "http://localhost"]
)
def test_a_mirror_on_loopback_is_not_spared(at):
    stood_in = SITE.stood_in_by(at)
    assert (stood_in.at, stood_in.policy.spacing_s) == (at, 0)
    assert stood_in.policy.user_agent == "Reader"


@pytest.mark.parametrize("at", [None, "http://mirror.example", "http://127.0.0.1.example/"])
def test_any_other_is(at):
    assert SITE.stood_in_by(at) == Site(
        id="some", hosts=("some.example",), policy=SITE.policy, at=at
    )
