"""The stand-in for a provider of face verification beside the demo's server. A visitor chooses what it shall
have seen.
"""

import json
import os
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

from django.conf import settings

from juzhu.demo import programs
from juzhu.demo.programs import Program, started

REST_S = 5


def beside() -> AbstractContextManager[None]:
    """Let it run for as long as the server does; where another provider is connected, that one is asked."""
    if settings.JUZHU_FACE_PROVIDER:
        return nullcontext()
    return programs.beside(_started, "The provider of the demo can't be started (%s): no face is checked.")


def _started() -> Program:
    """Start it, and tell our children of it by their environment."""
    folder: Path = settings.JUZHU_FILES.parent
    folder.mkdir(parents=True, exist_ok=True)
    program = started("faces", folder / "faces-key.json")
    provider = {
        "name": {"zh": "示例人脸核验（替身）", "en": "Sample face verification (a stand-in)"},
        "contact": settings.JUZHU_DISTRICT["phone"],
        "keeps_days": 0,
        "url": program.url,
        "token": program.token,
        "jwks": program.jwks,
        "breaker_rest_s": REST_S,
    }
    os.environ["JUZHU_FACE_PROVIDER"] = json.dumps(provider)
    return program
