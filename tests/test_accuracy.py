"""What is read rightly today is read rightly tomorrow: floors that only go up (`make accuracy`)."""

import json

import pytest

from tests.accuracy import CORPORA, FLOORS, LEVELS, measure

SHARED = pytest.mark.skipif(
    not CORPORA["shared"].exists(), reason="../shared/gold is not beside the checkout"
)


@pytest.mark.parametrize(
    "name", ["own", pytest.param("shared", marks=[SHARED, pytest.mark.shared])]
)
def test_accuracy_holds_its_floor(name):
    floors = json.loads(FLOORS.read_text())[name]
    scores, errors = measure(CORPORA[name])
    fallen = {
        f"{group} {level}": (round(scores[group].f1(level), 3), floor)
        for group, levels in floors.items()
        for level, floor in levels.items()
        if scores[group].f1(level) < floor
    }
    assert not fallen, f"below their floor: {fallen}; first errors: {errors[:5]}"
    assert set(floors["all"]) == set(LEVELS)
