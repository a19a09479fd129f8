"""SM2 keys and signatures: what `verify.sm2` checks, made by the same libcrypto, which also draws the
nonces.

A private key is a number of 32 bytes. It is stored as an encrypted PKCS#8 PEM (PBES2: scrypt, AES-256-CBC),
which `openssl pkey` reads, too.
"""

from __future__ import annotations

import ctypes
from ctypes import c_char_p, c_int, c_size_t, c_uint64, c_void_p
from functools import lru_cache
from typing import Any, Final

from juzhu.credentials.verify import sm2
from juzhu.credentials.verify.sm2 import ORDER, PAIR, SIZE, Handle, KeyInvalid, PublicKey, must, owned

CURVE: Final = 1172
"""OpenSSL's number of the SM2 curve, NID_sm2."""
SCRYPT: Final = (16384, 8, 1)
"""N, r and p: 16 MiB for one try at the passphrase."""
SALT: Final = 16
"""Bytes, drawn by OpenSSL."""
LONGEST: Final = 1000
"""Bytes of a passphrase: OpenSSL would read no more than 1,023 of it, without a word."""

PROTOTYPES: dict[str, tuple[Any, ...]] = {
    "BIO_new": (c_void_p, c_void_p),
    "BIO_s_mem": (c_void_p,),
    "BIO_new_mem_buf": (c_void_p, c_char_p, c_int),
    "BIO_read": (c_int, c_void_p, c_char_p, c_int),
    "BIO_ctrl_pending": (c_size_t, c_void_p),
    "BIO_free": (c_int, c_void_p),
    "BN_bin2bn": (c_void_p, c_char_p, c_int, c_void_p),
    "BN_bn2binpad": (c_int, c_void_p, c_char_p, c_int),
    "BN_new": (c_void_p,),
    "BN_clear_free": (None, c_void_p),
    "EC_GROUP_new_by_curve_name": (c_void_p, c_int),
    "EC_GROUP_free": (None, c_void_p),
    "EC_POINT_new": (c_void_p, c_void_p),
    "EC_POINT_free": (None, c_void_p),
    "EC_POINT_mul": (c_int, c_void_p, c_void_p, c_void_p, c_void_p, c_void_p, c_void_p),
    "EC_POINT_get_affine_coordinates": (c_int, c_void_p, c_void_p, c_void_p, c_void_p, c_void_p),
    "EVP_aes_256_cbc": (c_void_p,),
    "EVP_PKEY2PKCS8": (c_void_p, c_void_p),
    "EVP_PKEY_generate": (c_int, c_void_p, c_void_p),
    "EVP_PKEY_get_bn_param": (c_int, c_void_p, c_char_p, c_void_p),
    "EVP_PKEY_is_a": (c_int, c_void_p, c_char_p),
    "EVP_PKEY_keygen_init": (c_int, c_void_p),
    "EVP_DigestSignInit": (c_int, c_void_p, c_void_p, c_void_p, c_void_p, c_void_p),
    "EVP_DigestSign": (c_int, c_void_p, c_char_p, c_void_p, c_char_p, c_size_t),
    "PEM_read_bio_PrivateKey": (c_void_p, c_void_p, c_void_p, c_void_p, c_char_p),
    "PEM_write_bio_PKCS8": (c_int, c_void_p, c_void_p),
    "PKCS5_pbe2_set_scrypt": (c_void_p, c_void_p, c_char_p, c_int, c_char_p, c_uint64, c_uint64, c_uint64),
    "PKCS8_PRIV_KEY_INFO_free": (None, c_void_p),
    "PKCS8_set0_pbe": (c_void_p, c_char_p, c_int, c_void_p, c_void_p),
    "X509_ALGOR_free": (None, c_void_p),
    "X509_SIG_free": (None, c_void_p),
}


@lru_cache(maxsize=1)
def _library() -> ctypes.CDLL:
    try:
        return sm2.bound(sm2.library(), PROTOTYPES)
    except AttributeError as error:
        raise sm2.Unavailable(f"this libcrypto lacks what signing needs: {error}") from error


def new_private() -> bytes:
    """A new private key. Raises Unavailable."""
    lib = _library()
    made = c_void_p()
    with owned(lib.EVP_PKEY_CTX_new_from_name(None, b"SM2", None), lib.EVP_PKEY_CTX_free) as context:
        must(lib.EVP_PKEY_keygen_init(context))
        must(lib.EVP_PKEY_generate(context, ctypes.byref(made)))
    with owned(made.value, lib.EVP_PKEY_free) as key:
        return _number(key)


def public_of(private: bytes) -> PublicKey:
    """The public key. Raises KeyInvalid."""
    lib = _library()
    _checked(private)
    with (
        owned(lib.EC_GROUP_new_by_curve_name(CURVE), lib.EC_GROUP_free) as group,
        owned(lib.EC_POINT_new(group), lib.EC_POINT_free) as point,
        owned(lib.BN_bin2bn(private, SIZE, None), lib.BN_clear_free) as number,
        owned(lib.BN_new(), lib.BN_clear_free) as x,
        owned(lib.BN_new(), lib.BN_clear_free) as y,
    ):
        must(lib.EC_POINT_mul(group, point, number, None, None, None))
        must(lib.EC_POINT_get_affine_coordinates(group, point, x, y, None))
        return _padded(x), _padded(y)


@lru_cache(maxsize=8)
def _pair(private: bytes) -> Handle:
    return sm2.handle(PAIR, public_of(private), _checked(private))


def sign(private: bytes, data: bytes) -> bytes:
    """r‖s over the data. Raises KeyInvalid, Unavailable."""
    lib = _library()
    out, length = ctypes.create_string_buffer(128), c_size_t(128)
    with sm2.digesting(_pair(private), lib.EVP_DigestSignInit) as context:
        must(lib.EVP_DigestSign(context, out, ctypes.byref(length), data, len(data)))
    return sm2.from_der(out.raw[: length.value])


def to_pem(private: bytes, passphrase: bytes) -> bytes:
    """The key as an encrypted PKCS#8 PEM. Raises KeyInvalid, and ValueError for an unusable passphrase."""
    _check_passphrase(passphrase)
    lib = _library()
    plain = lib.EVP_PKEY2PKCS8(_pair(private).pointer)
    with owned(plain, lib.PKCS8_PRIV_KEY_INFO_free), owned(lib.BIO_new(lib.BIO_s_mem()), lib.BIO_free) as out:
        means = lib.PKCS5_pbe2_set_scrypt(lib.EVP_aes_256_cbc(), None, SALT, None, *SCRYPT)
        if not means:
            raise sm2.failed()
        sealed = lib.PKCS8_set0_pbe(passphrase, len(passphrase), plain, means)
        if not sealed:
            lib.X509_ALGOR_free(means)
        with owned(sealed, lib.X509_SIG_free):
            must(lib.PEM_write_bio_PKCS8(out, sealed))
        text = ctypes.create_string_buffer(lib.BIO_ctrl_pending(out))
        must(lib.BIO_read(out, text, len(text)))
        return text.raw


def from_pem(pem: bytes, passphrase: bytes) -> bytes:
    """The private key of a PEM. Raises KeyInvalid: wrong passphrase, damaged, or no SM2 key; ValueError for a
    passphrase that can't be used.
    """
    _check_passphrase(passphrase)
    lib = _library()
    with owned(lib.BIO_new_mem_buf(pem, len(pem)), lib.BIO_free) as source:
        found = lib.PEM_read_bio_PrivateKey(source, None, None, passphrase)
    if not found:
        raise KeyInvalid(f"not a key that this passphrase opens: {sm2.failed()}")
    with owned(found, lib.EVP_PKEY_free) as key:
        if lib.EVP_PKEY_is_a(key, b"SM2") != 1:
            raise KeyInvalid("not an SM2 key")
        private = _number(key)
    _checked(private)
    return private


def _check_passphrase(passphrase: bytes) -> None:
    if not 1 <= len(passphrase) <= LONGEST or b"\0" in passphrase:
        raise ValueError(f"a passphrase has 1 to {LONGEST} bytes, none of them zero")


def _checked(private: bytes) -> int:
    """The number that a private key is. 1 ≤ d < n - 1, by GB/T 32918.2: the last would have no inverse."""
    number = int.from_bytes(private, "big")
    if len(private) != SIZE or not 1 <= number < ORDER - 1:
        raise KeyInvalid("a private key is a number of 32 bytes below the curve's order")
    return number


def _number(key: int) -> bytes:
    """The private number of a key in OpenSSL's memory."""
    lib = _library()
    number = c_void_p()
    must(lib.EVP_PKEY_get_bn_param(key, b"priv", ctypes.byref(number)))
    with owned(number.value, lib.BN_clear_free) as held:
        return _padded(held)


def _padded(number: int) -> bytes:
    out = ctypes.create_string_buffer(SIZE)
    must(_library().BN_bn2binpad(number, out, SIZE))
    return out.raw
