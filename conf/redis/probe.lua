-- Tries each command that the sink's script uses, on separate keys, and leaves nothing behind. What the user may not do
-- shows here, and so do a full memory, a replica and a disk that takes no writes.
--
-- KEYS  a hash, a stream
-- Returns what failed, as 'COMMAND: error'; empty if nothing did

if redis.replicate_commands then
    redis.replicate_commands()
end

local HASH, STREAM = KEYS[1], KEYS[2]
local failed = {}
local function try(...)
    local reply = redis.pcall(...)
    if type(reply) == 'table' and reply.err then
        failed[#failed + 1] = select(1, ...) .. ': ' .. reply.err
    end
end

try('DEL', HASH, STREAM)
try('HSET', HASH, 'a', '1', 'b', '2')
try('HINCRBY', HASH, 'a', 1)
try('HGET', HASH, 'a')
try('HMGET', HASH, 'a', 'b')
try('HLEN', HASH)
try('HDEL', HASH, 'a')
try('EXISTS', HASH, STREAM)
try('XADD', STREAM, 'MAXLEN', '~', 10, '*', 'a', '1')
try('XLEN', STREAM)
try('EXPIREAT', HASH, 1)
try('DEL', HASH, STREAM)
return failed
