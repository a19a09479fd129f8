"""A made-up crowd for the employment route: the same arrays for Polars and for OpenFisca."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import polars as pl

from benchmarks.law.openfisca_rules import DAYS, FLAGS, PROOFS, UNKNOWN

AS_OF = date(2026, 3, 10)


def _sometimes(rng: Any, values: Any, missing: Any, share: float) -> Any:
    return np.where(rng.random(len(values)) < share, missing, values)


def crowd(people: int, seed: int = 1) -> dict[str, Any]:
    """Arrays in OpenFisca's terms: truths 0, 1, 2 with 1 for not known, -1 and `UNKNOWN` for null."""
    rng = np.random.default_rng(seed)
    today, unknown = np.datetime64(AS_OF), np.datetime64(UNKNOWN)
    arrays: dict[str, Any] = {}
    divisions = np.array([341221, 330182, 511502, 330105, 330106], dtype=np.int32)
    arrays["household_division"] = _sometimes(
        rng, rng.choice(divisions, people, p=[0.5, 0.2, 0.25, 0.03, 0.02]), -1, 0.03
    )
    for name in PROOFS:
        arrays[name] = rng.choice(np.array([0, 1, 2], dtype=np.int32), people, p=[0.02, 0.08, 0.9])
    arrays["represented"] = rng.random(people) < 0.1
    arrays["insurance_known"] = rng.random(people) < 0.95
    arrays["born"] = _sometimes(rng, today - rng.integers(0, 25000, people, dtype=np.int32), unknown, 0.02)
    since = today - rng.integers(0, 900, people, dtype=np.int32)
    arrays["residence_since"] = _sometimes(rng, since, unknown, 0.05)
    until = _sometimes(rng, today - rng.integers(-30, 30, people, dtype=np.int32), unknown, 0.8)
    arrays["residence_until"] = np.where(
        arrays["residence_since"] == unknown, unknown, np.maximum(until, unknown)
    )
    month = np.datetime64("2026-03")
    through = month - rng.integers(0, 4, people)
    first = (through - rng.integers(0, 30, people)).astype("datetime64[D]")
    none = ~arrays["insurance_known"] | (rng.random(people) < 0.1)
    arrays["insured_from"] = np.where(none, unknown, first)
    arrays["insured_through"] = np.where(none, unknown, through.astype("datetime64[D]"))
    return arrays


def frame(arrays: dict[str, Any]) -> pl.DataFrame:
    """The same as a table with nulls, in those columns of the law's `SCHEMA` that the route looks at."""
    series = {name: pl.Series(values) for name, values in arrays.items()}
    columns = [pl.when(pl.col("household_division") >= 0).then("household_division").cast(pl.Int32)]
    columns += [pl.when(pl.col(name) != 1).then(pl.col(name) == 2).alias(name) for name in PROOFS]
    columns += [pl.col(name) for name in FLAGS]
    columns += [pl.when(pl.col(name) != UNKNOWN).then(name).cast(pl.Date).alias(name) for name in DAYS]
    return pl.DataFrame(series).select(columns)
