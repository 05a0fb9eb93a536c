"""Ways to break a file: its bytes, its tokens, and the members of its zip archive."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from random import Random

from hypothesis import strategies as st

from evals.fuzz.samples import SAMPLES, zipped

_TOKEN = re.compile(rb"\d+|[A-Za-z]+|<[^<>]{0,80}>|[^\w\s]")
_NASTY = (
    b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", "\u202e\u200b\U000e0041".encode(), b"-1", b"4294967296",
    b"99999999999999999999",
    b"<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/hostname'>]>", b"&b;", b"<![CDATA[", b"]]>", b"--b1\r\n",
    b"=?x?Q?=00?=",
    b"<div>" * 500, b"<<" * 200, b"[" * 500, b"> " * 300, b"a" * 4000, "稀土".encode("gb18030"), b'"', b"\r",
    b"/Kids [2 0 R]",
    b"/Filter [/FlateDecode /FlateDecode]", b"stream\n", b"endobj", b"PK\x05\x06", b"- - - " * 100, b"*_`[(" * 100,
)  # fmt: skip
Mutation = Callable[[bytes, Random], bytes]


def _flipped(content: bytes, random: Random) -> bytes:
    changed = bytearray(content)
    for _ in range(random.choice((1, 2, 8, 64))):
        changed[random.randrange(len(changed))] = random.randrange(256)
    return bytes(changed)


def _cut(content: bytes, random: Random) -> bytes:
    return content[: random.randrange(1, len(content) + 1)]


def _without(content: bytes, random: Random) -> bytes:
    start = random.randrange(len(content))
    return content[:start] + content[start + random.randrange(1, 200) :]


def _with_nasty(content: bytes, random: Random) -> bytes:
    at = random.randrange(len(content) + 1)
    return content[:at] + random.choice(_NASTY) * random.choice((1, 1, 1, 20)) + content[at:]


def _repeated(content: bytes, random: Random) -> bytes:
    start = random.randrange(len(content))
    piece = content[start : start + random.randrange(1, 300)]
    return content[:start] + piece * random.choice((2, 10, 300)) + content[start:]


def _tokens_moved(content: bytes, random: Random) -> bytes:
    tokens = list(_TOKEN.finditer(content[:200_000]))
    if len(tokens) < 2:
        return content
    target, source = random.sample(tokens, 2)
    return content[: target.start()] + source[0] + content[target.end() :]


def _member_broken(content: bytes, random: Random) -> bytes:
    """A zip file packed anew with one member broken, missing or of another's content; other files as they are."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members: dict[str, str | bytes] = {info.filename: archive.read(info) for info in archive.infolist()}
    except (zipfile.BadZipFile, ValueError, OSError, EOFError, NotImplementedError):
        return _flipped(content, random)
    except Exception:
        # A member that does not unpack raises whatever zlib, lzma or bz2 do.
        return _flipped(content, random)
    if not members:
        return _flipped(content, random)
    name = random.choice(sorted(members))
    inside = members[name]
    if random.random() < 0.1 or not isinstance(inside, bytes) or not inside:
        del members[name]
    else:
        members[name] = random.choice(BYTE_MUTATIONS)(inside, random)
    return zipped(members)


BYTE_MUTATIONS: tuple[Mutation, ...] = (_flipped, _cut, _without, _with_nasty, _repeated, _tokens_moved)


def broken_files(suffix: str) -> st.SearchStrategy[bytes]:
    """Files of a format with one to four things wrong."""
    sample = SAMPLES[suffix]()
    archive = sample.startswith(b"PK")
    kinds = (*(_member_broken,) * 12, *BYTE_MUTATIONS) if archive else BYTE_MUTATIONS
    steps = st.lists(st.sampled_from(kinds), min_size=1, max_size=4)
    return st.builds(lambda chosen, seed: _broken(sample, chosen, Random(seed)), steps, st.integers(0, 2**32))


def _broken(content: bytes, steps: list[Mutation], random: Random) -> bytes:
    for step in steps:
        content = step(content, random) or b" "
    return content
