"""SM2 signatures with SM3, checked by the libcrypto 3 that Python itself has loaded: a small binding.

What is bound is the public EVP interface, never SM2's arithmetic. A signature is r‖s, 64 bytes, made with the
identifier that GM/T 0009 sets for whoever has agreed on no other. Every object is freed by whoever made it;
OpenSSL's queue of errors is emptied after each failure, since Python's own `ssl` reads the same queue.
Source: GB/T 32918.2 (SM2), GB/T 32905 (SM3), GM/T 0009.
"""

from __future__ import annotations

import _hashlib
import ctypes
import ctypes.util
import hashlib
import sys
import weakref
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from ctypes import c_char_p, c_int, c_size_t, c_uint, c_void_p
from functools import lru_cache
from typing import Any, Final

IDENTIFIER: Final = b"1234567812345678"
ORDER: Final = 0xFFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFF7203DF6B21C6052B53BBF40939D54123
"""n, the number of points of the curve. Source: GB/T 32918.5."""
SIZE: Final = 32
"""Bytes of a coordinate, of a private number, and of each half of a signature."""

PublicKey = tuple[bytes, bytes]
"""The point's coordinates x and y, 32 bytes each, the highest first."""

PUBLIC, PAIR = 0x86, 0x87
"""OpenSSL's EVP_PKEY_PUBLIC_KEY and EVP_PKEY_KEYPAIR: what a key is made from."""
UNSIGNED, TEXT, OCTETS = 2, 4, 5
"""OpenSSL's types of parameters."""


class Unavailable(RuntimeError):
    """There is no libcrypto 3 with SM2 here; the message says what is missing."""


class KeyInvalid(ValueError):
    """Numbers that are no key: of the wrong length, out of range, or no point of the curve."""


class Failed(RuntimeError):
    """OpenSSL refused what should have worked; the message is its own."""


class Parameter(ctypes.Structure):
    """OSSL_PARAM."""

    _fields_ = (
        ("key", c_char_p),
        ("type", c_uint),
        ("data", c_char_p),
        ("size", c_size_t),
        ("returned", c_size_t),
    )


PROTOTYPES: dict[str, tuple[Any, ...]] = {
    "OPENSSL_version_major": (c_uint,),
    "ERR_get_error": (ctypes.c_ulong,),
    "ERR_clear_error": (None,),
    "ERR_error_string_n": (None, ctypes.c_ulong, c_char_p, c_size_t),
    "EVP_sm3": (c_void_p,),
    "EVP_MD_CTX_new": (c_void_p,),
    "EVP_MD_CTX_free": (None, c_void_p),
    "EVP_PKEY_free": (None, c_void_p),
    "EVP_PKEY_CTX_new_from_name": (c_void_p, c_void_p, c_char_p, c_char_p),
    "EVP_PKEY_CTX_free": (None, c_void_p),
    "EVP_PKEY_CTX_set1_id": (c_int, c_void_p, c_char_p, c_size_t),
    "EVP_PKEY_fromdata_init": (c_int, c_void_p),
    "EVP_PKEY_fromdata": (c_int, c_void_p, c_void_p, c_int, c_void_p),
    "EVP_DigestVerifyInit": (c_int, c_void_p, c_void_p, c_void_p, c_void_p, c_void_p),
    "EVP_DigestVerify": (c_int, c_void_p, c_char_p, c_size_t, c_char_p, c_size_t),
}
"""What is called: each with the type of its answer, then those of its arguments."""


@lru_cache(maxsize=1)
def library() -> ctypes.CDLL:
    """The libcrypto that Python's `_hashlib` is linked to, or else the system's. Raises Unavailable."""
    faults: list[str] = []
    for path in (getattr(_hashlib, "__file__", None), None, ctypes.util.find_library("crypto")):
        try:
            found = bound(ctypes.CDLL(path), PROTOTYPES)
        except (OSError, AttributeError) as error:
            faults.append(str(error))
            continue
        major = found.OPENSSL_version_major()
        context = found.EVP_PKEY_CTX_new_from_name(None, b"SM2", None) if major >= 3 else None
        if context:
            found.EVP_PKEY_CTX_free(context)
            return found
        found.ERR_clear_error()
        faults.append(f"OpenSSL {major} without SM2")
    raise Unavailable(f"SM2 needs a shared libcrypto 3 that was built with it: {'; '.join(faults)}")


def bound(found: ctypes.CDLL, prototypes: dict[str, tuple[Any, ...]]) -> ctypes.CDLL:
    """The library with the types of these functions declared. Raises AttributeError where one is missing."""
    for name, (answer, *arguments) in prototypes.items():
        function = getattr(found, name)
        function.restype, function.argtypes = answer, arguments
    return found


@contextmanager
def owned(made: int | None, free: Callable[[int], None]) -> Iterator[int]:
    """An object of OpenSSL's for as long as it is used. Raises Failed where none was made."""
    if not made:
        raise failed()
    try:
        yield made
    finally:
        free(made)


def must(answer: int) -> int:
    """An answer of OpenSSL's that is above nought. Raises Failed."""
    if answer <= 0:
        raise failed()
    return answer


def failed() -> Failed:
    """The oldest error in this thread's queue, which is emptied."""
    lib = library()
    text = ctypes.create_string_buffer(256)
    lib.ERR_error_string_n(lib.ERR_get_error(), text, len(text))
    lib.ERR_clear_error()
    return Failed(text.value.decode("ascii", "replace"))


class Handle:
    """A key in OpenSSL's memory, freed with the last who holds it. Threads may share it."""

    __slots__ = ("__weakref__", "pointer")

    def __init__(self, pointer: int) -> None:
        self.pointer = pointer
        weakref.finalize(self, library().EVP_PKEY_free, pointer)


def handle(selection: int, public: PublicKey, private: int | None = None) -> Handle:
    """The key of these numbers. Raises KeyInvalid when they are none."""
    lib = library()
    if any(len(part) != SIZE for part in public):
        raise KeyInvalid("a coordinate has 32 bytes")
    point = b"\x04" + public[0] + public[1]
    given = [Parameter(b"group", TEXT, b"SM2", 3, 0), Parameter(b"pub", OCTETS, point, len(point), 0)]
    if private is not None:
        given.append(Parameter(b"priv", UNSIGNED, private.to_bytes(SIZE, sys.byteorder), SIZE, 0))
    parameters = (Parameter * (len(given) + 1))(*given)
    made = c_void_p()
    with owned(lib.EVP_PKEY_CTX_new_from_name(None, b"SM2", None), lib.EVP_PKEY_CTX_free) as context:
        must(lib.EVP_PKEY_fromdata_init(context))
        if lib.EVP_PKEY_fromdata(context, ctypes.byref(made), selection, parameters) <= 0 or not made.value:
            raise KeyInvalid(str(failed()))
    return Handle(made.value)


@contextmanager
def digesting(key: Handle, begin: Callable[..., int]) -> Iterator[int]:
    """A context in which SM3 and the identifier are set; `begin` is EVP_DigestVerifyInit or …SignInit."""
    lib = library()
    inner = c_void_p()
    with owned(lib.EVP_MD_CTX_new(), lib.EVP_MD_CTX_free) as context:
        must(begin(context, ctypes.byref(inner), lib.EVP_sm3(), None, key.pointer))
        must(lib.EVP_PKEY_CTX_set1_id(inner, IDENTIFIER, len(IDENTIFIER)))
        yield context


def sm3(data: bytes) -> bytes:
    """The digest, 32 bytes. Raises Unavailable."""
    try:
        return hashlib.new("sm3", data).digest()
    except ValueError as error:
        raise Unavailable("this Python's hashlib has no SM3") from error


@lru_cache(maxsize=32)
def _public(public: PublicKey) -> Handle:
    return handle(PUBLIC, public)


def verify(public: PublicKey, data: bytes, signature: bytes) -> bool:
    """Whether the signature over the data is of that key. Raises KeyInvalid where the key is none, and
    Unavailable; of a signature nothing.
    """
    lib = library()
    key = _public(public)
    if len(signature) != 2 * SIZE:
        return False
    der = to_der(signature)
    with digesting(key, lib.EVP_DigestVerifyInit) as context:
        answer = lib.EVP_DigestVerify(context, der, len(der), data, len(data))
    if answer != 1:
        lib.ERR_clear_error()
    return bool(answer == 1)


def to_der(signature: bytes) -> bytes:
    """r‖s as the SEQUENCE of two INTEGERs that OpenSSL, certificates and seals hold."""
    body = b"".join(_integer(signature[at : at + SIZE]) for at in (0, SIZE))
    return bytes((0x30, len(body))) + body


def from_der(der: bytes) -> bytes:
    """The same back. Raises ValueError for anything but the shortest form of two numbers of 32 bytes."""
    halves, at = [], 2
    for _half in range(2):
        end = at + 2 + der[at + 1] if at + 1 < len(der) else 0
        halves.append(int.from_bytes(der[at + 2 : end], "big"))
        at = end
    if any(half >> 8 * SIZE for half in halves):
        raise ValueError("a half of the signature is longer than 32 bytes")
    raw = b"".join(half.to_bytes(SIZE, "big") for half in halves)
    if to_der(raw) != der:
        raise ValueError("not a signature in DER")
    return raw


def _integer(number: bytes) -> bytes:
    body = number.lstrip(b"\0") or b"\0"
    body = b"\0" + body if body[0] & 0x80 else body
    return bytes((0x02, len(body))) + body
