"""How a request's body is read: JSON as RFC 8259 has it, and not too much of it."""

from typing import cast

import orjson
from django.http import HttpRequest
from ninja.parser import Parser
from ninja.types import DictStrAny

from juzhu.api.problems import ApiError

LARGEST = 64 * 1024
"""Bytes. The largest honest question (a life of registrations and contributions) is a tenth of it."""
LARGEST_BATCH = 2 * 1024 * 1024
"""Bytes, and the server's own limit: a thousand words with their signed records."""
LARGE = ("/attestations/batch", "/reports", "/verify")
"""Addresses to which more may come: batches, and signed documents with a photograph in them."""


class JsonParser(Parser):
    """Strict JSON: no NaN, no broken Unicode; anything else than application/json is refused."""

    def parse_body(self, request: HttpRequest) -> DictStrAny:
        if request.content_type != "application/json":
            raise ApiError(415, "unsupported_media_type")
        most = LARGEST_BATCH if request.path.endswith(LARGE) else LARGEST
        if len(request.body) > most:
            raise ApiError(413, "too_large", f"The body is larger than {most} bytes.")
        try:
            return cast(DictStrAny, orjson.loads(request.body))
        except orjson.JSONDecodeError as error:
            raise ApiError(400, "invalid_json") from error
