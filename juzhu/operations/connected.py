"""What the settings say of somebody else's service that is asked over HTTP; read at start, without Django."""

from typing import Any

from pydantic import BaseModel, ConfigDict, Field, SecretStr, field_validator

from juzhu.operations.public_keys import key_set

ADDRESS = r"^https?://[^\s?#]+$"


class Connected(BaseModel):
    """Where it is, how we are known there, whose signature its answers bear, and when it is left in peace."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)

    url: str = Field(pattern=ADDRESS)
    """Without the path that is asked for."""
    token: SecretStr
    jwks: dict[str, Any] = {}
    """With keys, its answers must be signed."""
    breaker_faults: int = Field(default=5, ge=1, le=100)
    """So many faults in a row, and the service is left in peace …"""
    breaker_rest_s: float = Field(default=30, gt=0, le=3600)
    """… for so long; then one question is let through."""

    @field_validator("jwks")
    @classmethod
    def can_be_read(cls, value: dict[str, Any]) -> dict[str, Any]:
        """Raises ValueError for anything but public keys on P-256."""
        if value:
            key_set(value)
        return value
