"""Databases of their own on the PostgreSQL server that the checks started."""

import time

import psycopg


def fresh(address: str, template: str = "template1") -> str:
    """Make a database beside the one at this address, empty unless it copies a template, and give its
    address.
    """
    name = f"fresh_{time.time_ns()}"
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
    return address.rsplit("/", 1)[0] + f"/{name}"
