-- Applies one chunk: the last version of each offer, the counters, the coverage. Atomic; any replay, order or overlap of
-- chunks ends in the same state.
--
-- Redis does not undo a script that fails half-way. Therefore everything is read and checked first (a key of a wrong type
-- or a full memory shows there, or at the first write), and nothing after the line "WRITE" can fail.
--
-- KEYS  meta counts coverage parked cells cell-names changes
-- ARGV  1 state format   2 topic   3 topic id   4 epoch   5 partitions
--       6 state buckets, used at the first write only     7 prefix of all keys
--       8 length of the stream of changes                 9 largest record timestamp, ms     10 rates live so many seconds
--       11 distinct offers: 6 bytes choose the bucket, 8 bytes are the field
--       12 changes: offer (index into 11, 4 bytes), version (7), cell (index into the cells, 2; 0 = deletion), minute (2; 0 = none)
--       13 ranges: partition (4), from (7), next (7), log start (1)
--       14 number of cells, then the cells, then the minutes
-- Numbers are big-endian, indexes start at 1. Versions and offsets stay below 2^53, for Lua's numbers are doubles.
--
-- Returns {'done', written, stale}, or a reason why nothing was written:
--         {'source', topic, topic id, epoch, partitions}  {'format', stored}  {'damaged', what}  {'cells', how many}

if redis.replicate_commands then
    redis.replicate_commands() -- Redis 6: log the effects as one transaction, as Redis 7 always does
end

local META, COUNTS, COVERAGE, PARKED, CELLS, NAMES, CHANGES = unpack(KEYS)
local PREFIX = ARGV[7]
local STATE = PREFIX .. 's:'
local EPOCH = tonumber(ARGV[4])
local MAX_CELLS = 65535 -- a cell's number has two bytes
local SLICE = 1000 -- arguments of one call; Lua's stack ends at 8,000
local DELETED = 0 -- cell number of an offer that is not live

local call = redis.call

-- Decimal text of a whole number: Lua's own conversion rounds beyond 14 digits.
local function text(n)
    return string.format('%.0f', n)
end

local function hmget(key, fields)
    local values = {}
    for i = 1, #fields, SLICE do
        local part = call('HMGET', key, unpack(fields, i, math.min(i + SLICE - 1, #fields)))
        for j = 1, #part do
            values[i + j - 1] = part[j]
        end
    end
    return values
end

-- The source must be the one whose offers are counted here, or its successor by epoch.
local meta = call('HMGET', META, 'format', 'topic', 'topic-id', 'epoch', 'partitions', 'buckets')
local fresh = not meta[1]
local raised = false
if fresh then
    if call('EXISTS', COUNTS, COVERAGE, CELLS, NAMES) > 0 then
        return {'damaged', META .. ' is gone, but others of its keys are there'}
    end
else
    if meta[1] ~= ARGV[1] then
        return {'format', meta[1]}
    end
    for i = 2, 6 do
        if not meta[i] then
            return {'damaged', META .. ' lacks fields'}
        end
    end
    raised = EPOCH > tonumber(meta[4])
    if not raised and (meta[2] ~= ARGV[2] or meta[3] ~= ARGV[3] or tonumber(meta[4]) ~= EPOCH or meta[5] ~= ARGV[5]) then
        return {'source', meta[2], meta[3], meta[4], meta[5]}
    end
end
local buckets = tonumber(fresh and ARGV[6] or meta[6])

-- Numbers of the chunk's cells; new ones follow the highest.
local cells = tonumber(ARGV[14])
local known_cells = call('HLEN', CELLS)
if call('HLEN', NAMES) ~= known_cells or (known_cells == 0 and call('EXISTS', COUNTS) == 1) then
    return {'damaged', CELLS .. ' and ' .. NAMES .. ' do not match'}
end
local last_cell = known_cells
local name_of, number_of = {}, {}
local names = {}
for i = 1, cells do
    names[i] = ARGV[14 + i]
end
local stored = hmget(CELLS, names)
for i = 1, cells do
    local number = tonumber(stored[i] or nil)
    if not number then
        last_cell = last_cell + 1
        number = last_cell
    end
    number_of[i] = number
    name_of[number] = names[i]
end
if last_cell > MAX_CELLS then
    return {'cells', last_cell}
end

-- What is known of the chunk's offers.
local keys, fields, versions, cell_of = {}, {}, {}, {}
local pos, n = 1, 0
local blob = ARGV[11]
while pos <= #blob do
    local bucket, field
    bucket, field, pos = struct.unpack('>I6c8', blob, pos)
    n = n + 1
    local key = STATE .. bucket % buckets -- fewer than 14 digits, so Lua's own conversion will do, and is faster
    keys[n], fields[n] = key, field
    local state = call('HGET', key, field)
    if state then
        versions[n], cell_of[n] = struct.unpack('>I7I2', state)
    else
        versions[n], cell_of[n] = -1, DELETED
    end
end

-- The changes, one after the other, in memory.
local changed, delta = {}, {}
local rates = {}
local written, stale = 0, 0
local added, corrected, deleted = 0, 0, 0
pos, blob = 1, ARGV[12]
while pos <= #blob do
    local offer, version, cell, minute
    offer, version, cell, minute, pos = struct.unpack('>I4I7I2I2', blob, pos)
    if versions[offer] >= version then
        stale = stale + 1
    else
        written = written + 1
        changed[offer] = true
        local old = cell_of[offer]
        local new = cell == 0 and DELETED or number_of[cell]
        if old ~= new then
            if old ~= DELETED then
                delta[old] = (delta[old] or 0) - 1
            end
            if new ~= DELETED then
                delta[new] = (delta[new] or 0) + 1
            end
        end
        versions[offer], cell_of[offer] = version, new
        local kind
        if new ~= DELETED then
            if old == DELETED then
                added, kind = added + 1, 'new'
            else
                corrected, kind = corrected + 1, 'corrected'
            end
        elseif old ~= DELETED then
            deleted, kind = deleted + 1, 'deleted'
        end
        if kind and minute ~= 0 then
            local rate = rates[minute] or {}
            rates[minute] = rate
            rate[kind] = (rate[kind] or 0) + 1
        end
    end
end

-- The counters that move, and where to; none below zero.
local moved, unnamed = {}, {}
for number, d in pairs(delta) do
    if d ~= 0 then
        moved[#moved + 1] = number
        if not name_of[number] then
            unnamed[#unnamed + 1] = number
        end
    end
end
local found = hmget(NAMES, unnamed)
for i, number in ipairs(unnamed) do
    if not found[i] then
        return {'damaged', NAMES .. ' does not name cell ' .. text(number)}
    end
    name_of[number] = found[i]
end
local moved_names = {}
for i, number in ipairs(moved) do
    moved_names[i] = name_of[number]
end
local counts = hmget(COUNTS, moved_names)
for i, number in ipairs(moved) do
    counts[i] = tonumber(counts[i] or 0)
    if not counts[i] or counts[i] + delta[number] < 0 then
        return {'damaged', COUNTS .. ' counts fewer offers in ' .. moved_names[i] .. ' than are known there'}
    end
    counts[i] = counts[i] + delta[number]
end

-- The coverage of each partition: ranges that join it advance it, others wait until they do.
local ranges = {}
pos, blob = 1, ARGV[13]
while pos <= #blob do
    local partition, from, next, log_start
    partition, from, next, log_start, pos = struct.unpack('>I4I7I7I1', blob, pos)
    local field = text(partition)
    local covered, parked
    if not raised then
        covered = tonumber(call('HGET', COVERAGE, field) or nil)
        parked = call('HGET', PARKED, field)
    end
    local before = covered
    local waiting = {}
    if not covered and log_start == 1 then
        covered = next
    elseif covered and from <= covered then
        covered = math.max(covered, next)
    elseif from < next then
        waiting[1] = {from, next}
    end
    for a, b in string.gmatch(parked or '', '(%d+)-(%d+)') do
        waiting[#waiting + 1] = {tonumber(a), tonumber(b)}
    end
    table.sort(waiting, function(a, b) return a[1] < b[1] end)
    local rest = {}
    for _, range in ipairs(waiting) do
        local last = rest[#rest]
        if covered and range[1] <= covered then
            covered = math.max(covered, range[2])
        elseif last and range[1] <= last[2] then
            last[2] = math.max(last[2], range[2])
        else
            rest[#rest + 1] = range
        end
    end
    for i, range in ipairs(rest) do
        rest[i] = text(range[1]) .. '-' .. text(range[2])
    end
    ranges[#ranges + 1] = {field, covered, covered ~= before, table.concat(rest, ' '), parked or ''}
end

-- Keys of a wrong type must show before the first write.
for minute in pairs(rates) do
    call('HLEN', PREFIX .. 'rate:' .. ARGV[14 + cells + minute])
end
call('XLEN', CHANGES)

-- WRITE
if fresh then
    call('HSET', META, 'format', ARGV[1], 'buckets', ARGV[6])
end
if fresh or raised then
    call('HSET', META, 'topic', ARGV[2], 'topic-id', ARGV[3], 'epoch', ARGV[4], 'partitions', ARGV[5])
end
if raised then
    call('DEL', COVERAGE, PARKED)
end
for i = 1, cells do
    if number_of[i] > known_cells then
        call('HSET', CELLS, names[i], number_of[i])
        call('HSET', NAMES, number_of[i], names[i])
    end
end
for offer in pairs(changed) do
    call('HSET', keys[offer], fields[offer], struct.pack('>I7I2', versions[offer], cell_of[offer]))
end
for i, name in ipairs(moved_names) do
    if counts[i] == 0 then
        call('HDEL', COUNTS, name)
    else
        call('HSET', COUNTS, name, text(counts[i]))
    end
end
for _, range in ipairs(ranges) do
    local field, covered, advanced, rest, parked = unpack(range, 1, 5)
    if advanced then
        call('HSET', COVERAGE, field, text(covered))
    end
    if rest == '' and parked ~= '' then
        call('HDEL', PARKED, field)
    elseif rest ~= parked then
        call('HSET', PARKED, field, rest)
    end
end
for minute, rate in pairs(rates) do
    local at = ARGV[14 + cells + minute]
    local key = PREFIX .. 'rate:' .. at
    for kind, count in pairs(rate) do
        call('HINCRBY', key, kind, count)
    end
    call('EXPIREAT', key, text(tonumber(at) * 60 + tonumber(ARGV[10])))
end
if added + corrected + deleted > 0 then
    local entry = {'at', ARGV[9], 'new', added, 'corrected', corrected, 'deleted', deleted}
    for i = 1, math.max(#moved, 1), SLICE do
        for j = i, math.min(i + SLICE - 1, #moved) do
            entry[#entry + 1] = moved_names[j]
            entry[#entry + 1] = string.format('%+.0f', delta[moved[j]])
        end
        call('XADD', CHANGES, 'MAXLEN', '~', ARGV[8], '*', unpack(entry))
        entry = {'at', ARGV[9]}
    end
end
return {'done', written, stale}
