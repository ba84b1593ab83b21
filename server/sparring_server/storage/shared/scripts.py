"""What happens inside Redis in one step each. A script touches one room only, so only keys of one slot."""

import hashlib
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Script:
    """A Lua script, known to Redis by its digest."""

    body: str
    sha: str = field(init=False)

    def __post_init__(self) -> None:
        # Redis names scripts by this digest; nothing rests on its strength.
        object.__setattr__(self, "sha", hashlib.sha1(self.body.encode(), usedforsecurity=False).hexdigest())


SAVE = Script("""
-- KEYS room, events
-- ARGV after, by, record, at, events kept, channel, message, then number and body of each event
local stored = redis.call('HMGET', KEYS[1], 'version', 'by')
local version = tonumber(stored[1] or 0)
if version ~= tonumber(ARGV[1]) then
    -- Sent again after a lost answer: it was done the first time.
    if stored[2] == ARGV[2] then return version end
    return 0
end
redis.call('HSET', KEYS[1], 'version', version + 1, 'by', ARGV[2], 'record', ARGV[3], 'at', ARGV[4])
for i = 8, #ARGV, 2 do
    redis.call('ZREMRANGEBYSCORE', KEYS[2], ARGV[i], ARGV[i])
    redis.call('ZADD', KEYS[2], ARGV[i], ARGV[i] .. ':' .. ARGV[i + 1])
end
redis.call('ZREMRANGEBYRANK', KEYS[2], 0, -1 - tonumber(ARGV[5]))
redis.call('SPUBLISH', ARGV[6], ARGV[7])
return version + 1
""")
"""Returns the new version, or 0 if the stored one is not the one that this was made from."""

APPEND = Script("""
-- KEYS room, then the logs
-- ARGV channel, message, the field of each log, then number of the log and update, for each update
if redis.call('EXISTS', KEYS[1]) == 0 then return 0 end
local logs = #KEYS - 1
for i = 1, logs do redis.call('HSETNX', KEYS[1], ARGV[2 + i], 0) end
for i = 3 + logs, #ARGV, 2 do redis.call('RPUSH', KEYS[1 + tonumber(ARGV[i])], ARGV[i + 1]) end
redis.call('SPUBLISH', ARGV[1], ARGV[2])
return 1
""")
"""Returns 0 if there is no such room (any more)."""

COMPACT = Script("""
-- KEYS room, log; ARGV field of the log, compactions before, pieces replaced, merged
if redis.call('HGET', KEYS[1], ARGV[1]) ~= ARGV[2] then return 0 end
-- What is new goes in before the old goes, in the place of the last of them.
redis.call('LSET', KEYS[2], tonumber(ARGV[3]) - 1, ARGV[4])
redis.call('LTRIM', KEYS[2], tonumber(ARGV[3]) - 1, -1)
redis.call('HINCRBY', KEYS[1], ARGV[1], 1)
return 1
""")
"""Returns 0 if another process has compacted this log since it was read."""

EXPIRE = Script("""
-- KEYS room, events, then the logs; ARGV before, fields that are no logs, channel, message
local at = redis.call('HGET', KEYS[1], 'at')
if not at then return -1 end
if tonumber(at) >= tonumber(ARGV[1]) then return tonumber(at) end
if redis.call('HLEN', KEYS[1]) - tonumber(ARGV[2]) ~= #KEYS - 2 then return -2 end
redis.call('DEL', unpack(KEYS))
redis.call('SPUBLISH', ARGV[3], ARGV[4])
return 0
""")
"""Returns 0 when the room is gone, -1 if it already was, -2 if it has a new log, or when it was last saved."""

ALL = (SAVE, APPEND, COMPACT, EXPIRE)
