"""Databases of their own on the PostgreSQL server that the checks started."""

import time

import psycopg


def fresh(address: str) -> str:
    """Make an empty database beside the one at this address, and give its address."""
    name = f"fresh_{time.time_ns()}"
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    return address.rsplit("/", 1)[0] + f"/{name}"
