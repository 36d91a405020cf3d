import contextlib
import gzip
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrapers.web.bodies import CutOff, pack, read_body
from scrapers.web.errors import BadPage

RAW = zlib.compressobj(wbits=-15)
BODY = b"Trade grew by 12 per cent. " * 100
SENT = {
    "": BODY,
    "identity": BODY,
    "gzip": gzip.compress(BODY),
    "x-gzip": gzip.compress(BODY),
    "deflate": zlib.compress(BODY),
}


def read(sent, encoding="", *, max_bytes=100_000, size=7):
    pieces = [sent[at : at + size] for at in range(0, len(sent), size)]
    return read_body(pieces, encoding=encoding, max_bytes=max_bytes, name="http://kremlin.ru/")


@pytest.mark.parametrize("encoding", SENT)
@pytest.mark.parametrize("size", [1, 7, 100_000])
def test_a_body_is_the_same_however_it_is_sent(encoding, size):
    body = read(SENT[encoding], encoding, size=size)
    assert (body.packed, body.size, body.head) == (pack(BODY), len(BODY), BODY)


def test_deflate_without_its_header_is_read_too():
    assert read(RAW.compress(BODY) + RAW.flush(), "deflate").size == len(BODY)


def test_gzip_members_in_a_row_are_one_body_and_padding_is_none():
    assert read(gzip.compress(BODY) * 3 + bytes(9), "gzip").size == 3 * len(BODY)


@pytest.mark.parametrize("encoding", ["gzip", "deflate"])
def test_compressed_data_that_ends_early_is_cut_off(encoding):
    with pytest.raises(CutOff, match="before its end"):
        read(SENT[encoding][:-10], encoding)


def test_damaged_data_is_cut_off():
    with pytest.raises(CutOff, match="damaged"):
        read(b"no gzip at all", "gzip")


@pytest.mark.parametrize("encoding", ["br", "zstd", "gzip, gzip", "nonsense"])
def test_an_encoding_that_we_do_not_read_is_a_bad_page(encoding):
    with pytest.raises(BadPage, match="gzip, deflate only"):
        read(BODY, encoding)


@pytest.mark.parametrize("encoding", SENT)
def test_the_limit_counts_what_comes_out(encoding):
    with pytest.raises(BadPage, match="max_bytes"):
        read(SENT[encoding], encoding, max_bytes=len(BODY) - 1)
    assert read(SENT[encoding], encoding, max_bytes=len(BODY)).size == len(BODY)


@given(st.binary(), st.sampled_from(sorted(SENT)), st.integers(1, 50))
def test_any_bytes_are_a_body_or_an_error_of_ours(sent, encoding, size):
    with contextlib.suppress(BadPage, CutOff):
        assert read(sent, encoding, size=size).size <= 100_000
