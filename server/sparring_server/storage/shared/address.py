"""Which Redis, from an address that people write; its password never leaves this module in words."""

import os
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from redis.asyncio.connection import AbstractConnection, ConnectionPool
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff

from sparring_server.storage.base import StorageError

PASSWORD_VARIABLE = "SPARRING_REDIS_PASSWORD"
"""The password, for those who keep it out of the address: a command line can be read by everybody on the machine."""
CONNECT_SECONDS = 5.0


@dataclass(frozen=True)
class RedisAddress:
    """Parsed once; `str` of it is fit for logs."""

    name: str
    _pool: ConnectionPool = field(repr=False)

    @classmethod
    def parse(cls, url: str) -> "RedisAddress":
        """`redis://host:port/db`, `rediss://…` with TLS, or `unix:///path?db=0`. Raises `StorageError`."""
        try:
            parts = urlsplit(url)
            name = f"{parts.hostname or 'localhost'}:{parts.port or 6379}{parts.path}"
            if parts.scheme == "unix":
                name = parts.path
            options: dict[str, Any] = {}
            password = os.environ.get(PASSWORD_VARIABLE)
            if password and parts.password is None:
                options["password"] = password
            pool: ConnectionPool = ConnectionPool.from_url(
                url,
                # The older form of the protocol has all that is needed here, and no messages between answers.
                protocol=2,
                socket_connect_timeout=CONNECT_SECONDS,
                socket_timeout=CONNECT_SECONDS,
                retry=Retry(NoBackoff(), 0),
                client_name="sparring-server",
                **options,
            )
        except (ValueError, TypeError) as error:
            # Not in the words of the error: it may quote a password.
            raise StorageError(
                "This is no address of a Redis. Use redis://HOST:PORT/NUMBER, rediss://… or unix:///PATH?db=NUMBER."
            ) from error
        return cls(name, pool)

    def __str__(self) -> str:
        return self.name

    def make_connection(self) -> AbstractConnection:
        """A connection of redis-py's, not yet connected."""
        connection: AbstractConnection = self._pool.make_connection()  # type: ignore[no-untyped-call]
        return connection
