"""Rooms in Redis, shared by any number of servers.

`storage` is what the server sees. `link` and `wire` are the connection, `scripts` what Redis does in one step,
`appending` how updates get there, `bus` and `said` what processes hear from each other, `keys` and `address` the names.
"""

from sparring_server.storage.shared.storage import RedisStorage

__all__ = ["RedisStorage"]
