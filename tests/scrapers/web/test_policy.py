"""Manners towards a site, and towards what stands in for it."""

import pytest

from scrapers.web.policy import Policy, Site

SITE = Site(id="some", hosts=("some.example",), policy=Policy(spacing_s=15, user_agent="Reader"))


MIRROR = "http://127.0.0.1:8080/{host}"


def test_a_mirror_in_a_hurry_is_not_spared():
    stood_in = SITE.stood_in_by(MIRROR, hurry=True)
    assert (stood_in.at, stood_in.policy.spacing_s) == (MIRROR, 0)
    assert stood_in.policy.user_agent == "Reader"


def test_a_live_site_is_spared_in_any_hurry():
    assert SITE.stood_in_by(None, hurry=True) == SITE


@pytest.mark.parametrize("at", [None, "http://mirror.example", MIRROR])
def test_without_hurry_the_pace_is_the_site_s_own(at):
    assert SITE.stood_in_by(at) == Site(
        id="some", hosts=("some.example",), policy=SITE.policy, at=at
    )
