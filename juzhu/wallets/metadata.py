"""What this service says of itself to wallets and to checkers: issuer, server, type and keys."""

from typing import Any

from django.conf import settings

from juzhu.credentials import keys
from juzhu.credentials.addresses import JWKS, origin
from juzhu.credentials.verify.sd_jwt import CLAIMS, YEARS
from juzhu.law.policy import Policy
from juzhu.operations import health
from juzhu.operations.writing import Language, chosen
from juzhu.wallets.addresses import (
    CONFIGURATION,
    CREDENTIAL,
    DEFERRED,
    INTROSPECTION,
    NONCE,
    REVOCATION,
    TOKEN,
    did,
    vct,
)
from juzhu.wallets.offers import GRANT, REFRESH
from juzhu.wallets.proofs import ALGORITHM

NO_KEY = "no key signs what wallets are asked: juzhu credentials keys new --use request"
LOCALES: dict[Language, str] = {"zh": "zh-CN", "en": "en"}
NAME = {"zh": "浙江省居住证", "en": "Zhejiang Residence Permit"}
DESCRIPTION = {
    "zh": "电子居住证。每一项单独出示，只看要看的。",
    "en": "The electronic residence permit. Each entry is shown by itself: nothing more than is asked for.",
}
INK, PAPER = "#1d2a30", "#ffffff"
LABELS: dict[str, tuple[str, str]] = {
    "name": ("姓名", "Name"),
    "sex": ("性别", "Sex"),
    "ethnic_group": ("民族", "Ethnic group"),
    "birthdate": ("出生日期", "Date of birth"),
    "identity_number": ("公民身份号码", "Identity number"),
    "household_division": ("户籍所在地区划代码", "Division of the registered household"),
    "household_address": ("户籍地址", "Address of the registered household"),
    "residence_address": ("居住地址", "Residence address"),
    "workplace": ("服务处所", "Workplace"),
    "permit_number": ("居住证号码", "Permit number"),
    "licence_id": ("电子证照标识", "Identifier of the e-licence"),
    "version": ("版本", "Version"),
    "issued_on": ("签发日期", "Issued on"),
    "valid_until": ("有效期至", "Valid until"),
    "photo": ("照片", "Photograph"),
    "lives_in": ("居住城市区划代码", "Division of the city of residence"),
    "age_over_16": ("满 16 周岁", "Aged 16 or over"),
    "age_over_18": ("满 18 周岁", "Aged 18 or over"),
    **{f"residence_years_ge_{n}": (f"居住满 {n} 年", f"{n} years of residence or more") for n in YEARS},
}
YEARS_ARE = {
    "zh": "按公共服务所看的居住年限计算",
    "en": "Residence years as public services count them",
}


def issuer(rules: Policy) -> dict[str, Any]:
    """Credential issuer metadata (OpenID4VCI 1.0 section 12.2)."""
    authority = settings.JUZHU_DISTRICT["authority"]
    return {
        "credential_issuer": origin(),
        "credential_endpoint": origin() + CREDENTIAL,
        "nonce_endpoint": origin() + NONCE,
        "deferred_credential_endpoint": origin() + DEFERRED,
        "display": [
            {"name": str(chosen(authority, lang)), "locale": locale} for lang, locale in LOCALES.items()
        ],
        "credential_configurations_supported": {
            CONFIGURATION: {
                "format": "dc+sd-jwt",
                "vct": vct(),
                "scope": CONFIGURATION,
                "cryptographic_binding_methods_supported": ["jwk"],
                "credential_signing_alg_values_supported": [rules.electronic_permit.algorithm],
                "proof_types_supported": {"jwt": {"proof_signing_alg_values_supported": [ALGORITHM]}},
                "credential_metadata": {
                    "display": [
                        {
                            "name": NAME[lang],
                            "locale": locale,
                            "description": DESCRIPTION[lang],
                            "background_color": PAPER,
                            "text_color": INK,
                        }
                        for lang, locale in LOCALES.items()
                    ],
                    "claims": [
                        {
                            "path": [name],
                            "mandatory": True,
                            "display": [
                                {"name": label, "locale": locale}
                                for label, locale in zip(LABELS[name], LOCALES.values(), strict=True)
                            ],
                        }
                        for name in CLAIMS
                    ],
                },
            }
        },
    }


def server() -> dict[str, Any]:
    """Authorization server metadata (RFC 8414) for wallets. Programs of departments and organisations have
    a token endpoint of their own (docs/api.md).
    """
    return {
        "issuer": origin(),
        "token_endpoint": origin() + TOKEN,
        "revocation_endpoint": origin() + REVOCATION,
        "revocation_endpoint_auth_methods_supported": ["none"],
        "introspection_endpoint": origin() + INTROSPECTION,
        "introspection_endpoint_auth_methods_supported": ["none"],
        "grant_types_supported": [GRANT, REFRESH],
        "token_endpoint_auth_methods_supported": ["none"],
        "pre-authorized_grant_anonymous_access_supported": True,
    }


def type_metadata() -> dict[str, Any]:
    """Type metadata (SD-JWT VC, at the address that is the type's name)."""
    return {
        "vct": vct(),
        "name": NAME["en"],
        "description": DESCRIPTION["en"],
        "display": [
            {
                "locale": locale,
                "name": NAME[lang],
                "description": DESCRIPTION[lang],
                "rendering": {"simple": {"background_color": PAPER, "text_color": INK}},
            }
            for lang, locale in LOCALES.items()
        ],
        "claims": [
            {
                "path": [name],
                "sd": "always",
                "display": [
                    {"locale": locale, "label": label, **_described(name, lang)}
                    for label, (lang, locale) in zip(LABELS[name], LOCALES.items(), strict=True)
                ],
            }
            for name in CLAIMS
        ],
    }


def _described(claim: str, lang: str) -> dict[str, str]:
    return {"description": YEARS_ARE[lang]} if claim.startswith("residence_years") else {}


def issuer_keys() -> dict[str, Any]:
    """JWT VC issuer metadata (SD-JWT VC): where the keys are by which documents and lists are checked."""
    return {"issuer": origin(), "jwks_uri": origin() + JWKS}


def did_document() -> dict[str, Any]:
    """Our did:web document: by its keys a wallet checks who asks it to show something."""
    methods = [
        {
            "id": f"{did()}#{key.kid}",
            "type": "JsonWebKey2020",
            "controller": did(),
            "publicKeyJwk": dict(key.jwk),
        }
        for key in keys.known()
        if "request" in key.uses and key.revoked_at is None
    ]
    named = [method["id"] for method in methods]
    return {
        "@context": ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/suites/jws-2020/v1"],
        "id": did(),
        "verificationMethod": methods,
        "authentication": named,
        "assertionMethod": named,
    }


@health.tells("wallets")
def _health() -> str:
    """What an operator has to do so that wallets can be asked; "ok" for nothing."""
    known = keys.known()
    asks = any("request" in key.uses and key.revoked_at is None for key in known)
    return "ok" if asks or not known else NO_KEY
