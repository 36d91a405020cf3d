import pytest
from prefect.states import Completed, Failed

from flows.retries import is_transient, worth_retrying
from scrapers.web.errors import LayoutChanged, Unreachable
from warehouse.errors import DamagedFile


class GenericError(Exception):
    __module__ = "obstore.exceptions"


class PermissionDeniedError(Exception):
    __module__ = "obstore.exceptions"


@pytest.mark.parametrize(
    "error",
    [OSError(28, "full"), ConnectionResetError(), TimeoutError(), Unreachable("x"), GenericError()],
)
def test_what_may_pass_is_tried_again(error):
    assert is_transient(error)


@pytest.mark.parametrize(
    "error",
    [
        PermissionError(), FileNotFoundError(), LayoutChanged("x"), DamagedFile("x"),
        KeyError("x"), PermissionDeniedError(),
    ],
)  # fmt: skip
def test_what_a_person_must_mend_is_not(error):
    assert not is_transient(error)


def test_prefect_is_told_by_the_state_of_the_task():
    assert worth_retrying(None, None, Failed(data=OSError(28, "disk full")))
    assert not worth_retrying(None, None, Failed(data=KeyError("x")))
    assert not worth_retrying(None, None, Completed(data=1))
