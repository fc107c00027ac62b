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
--       11 "1" if the stream has acked records of this epoch      12 "1" if it has of earlier epochs
--       13 "1" if there are no state buckets, as is known to who asks; used at the first write only
--       14 distinct offers: 6 bytes choose the bucket, 8 bytes are the field
--       15 changes: offer (index into 14, 4 bytes), version (7), cell (index into the cells, 2; 0 = deletion), minute (2; 0 = none)
--       16 ranges: partition (4), from (7), next (7), log start (1)
--       17 number of cells, then the cells, then the minutes
-- Numbers are big-endian, indexes start at 1. Versions and offsets stay below 2^53, for Lua's numbers are doubles.
--
-- Returns {'done', written, stale, cells numbered}, or a reason why nothing was written:
--         {'source', topic, topic id, epoch, partitions}  {'format', stored}  {'damaged', what}  {'cells', how many}
--         {'lost', epoch that is stored, 0 if none is}  {'empty'}: ask again when it is known that no bucket is left

if redis.replicate_commands then
    redis.replicate_commands() -- Redis 6: log the effects as one transaction, as Redis 7 always does
end

local META, COUNTS, COVERAGE, PARKED, CELLS, NAMES, CHANGES = unpack(KEYS)
local FORMAT, TOPIC, TOPIC_ID, EPOCH, PARTITIONS, BUCKETS, PREFIX, STREAM_LENGTH, TIMESTAMP, RATE_SECONDS = unpack(ARGV, 1, 10)
local ACKED_NOW, ACKED_EARLIER = ARGV[11] == '1', ARGV[12] == '1'
local NO_BUCKETS = ARGV[13] == '1'
local OFFER_BYTES, CHANGE_BYTES, RANGE_BYTES = unpack(ARGV, 14, 16)
local CELL_COUNT = tonumber(ARGV[17])
local MAX_CELLS = 65535 -- a cell's number has two bytes
local SLICE = 1000 -- arguments of one call; Lua's stack ends at 8,000
local DELETED = 0 -- cell number of an offer that is not live
local STORED_STATE = '>I7I2' -- version, cell number

local call, decode = redis.call, struct.unpack

-- Decimal text of a whole number: Lua's own conversion rounds beyond 14 digits.
local function text(n)
    return string.format('%.0f', n)
end

-- The minute of an index, in minutes since 1970.
local function minute_at(index)
    return ARGV[17 + CELL_COUNT + index]
end

local function rate_key(minute)
    return PREFIX .. 'rate:' .. minute_at(minute)
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

-- For the reads and checks: what a function returns is what it found, or nil and the reason why nothing may be written.

-- The source must be the one whose offers are counted here, or its successor by epoch ("raised").
local function read_source()
    local meta = call('HMGET', META, 'format', 'topic', 'topic-id', 'epoch', 'partitions', 'buckets', 'counted', 'cells', 'states')
    if not meta[1] then
        if call('EXISTS', COUNTS, COVERAGE, PARKED, CELLS, NAMES) > 0 then
            return nil, {'damaged', META .. ' is gone, but others of its keys are there'}
        end
        if ACKED_EARLIER then
            return nil, {'lost', '0'} -- what this epoch's log has can be counted again, what earlier ones had cannot
        end
        if not NO_BUCKETS then
            return nil, {'empty'}
        end
        return {fresh = true, raised = false, buckets = tonumber(BUCKETS), sized = true}
    end
    if meta[1] ~= FORMAT then
        return nil, {'format', meta[1]}
    end
    for i = 2, 6 do
        if not meta[i] then
            return nil, {'damaged', META .. ' lacks fields'}
        end
    end
    local epoch, stored = tonumber(EPOCH), tonumber(meta[4])
    local raised = epoch > stored
    if raised and ACKED_NOW then
        return nil, {'lost', meta[4]}
    end
    if not raised and (meta[2] ~= TOPIC or meta[3] ~= TOPIC_ID or stored ~= epoch or meta[5] ~= PARTITIONS) then
        return nil, {'source', meta[2], meta[3], meta[4], meta[5]}
    end
    -- How many fields there must be; states of earlier versions do not say it.
    local counted, cells = tonumber(meta[7] or nil), tonumber(meta[8] or nil)
    if counted and call('HLEN', COUNTS) ~= counted then
        return nil, {'damaged', COUNTS .. ' counts another number of cells than ' .. META .. ' says'}
    end
    if cells and call('HLEN', CELLS) ~= cells then
        return nil, {'damaged', CELLS .. ' numbers another number of cells than ' .. META .. ' says'}
    end
    return {fresh = false, raised = raised, buckets = tonumber(meta[6]), counted = counted, cells = cells, sized = meta[9]}
end

-- Numbers of the chunk's cells; new ones follow the highest.
local function number_cells()
    local known = call('HLEN', CELLS)
    if call('HLEN', NAMES) ~= known or (known == 0 and call('EXISTS', COUNTS) == 1) then
        return nil, {'damaged', CELLS .. ' and ' .. NAMES .. ' do not match'}
    end
    local names, number_of, name_of = {}, {}, {}
    for i = 1, CELL_COUNT do
        names[i] = ARGV[17 + i]
    end
    local stored = hmget(CELLS, names)
    local last = known
    for i = 1, CELL_COUNT do
        local number = tonumber(stored[i] or nil)
        if not number then
            last = last + 1
            number = last
        end
        number_of[i] = number
        name_of[number] = names[i]
    end
    if last > MAX_CELLS then
        return nil, {'cells', last}
    end
    return {known = known, last = last, names = names, number_of = number_of, name_of = name_of}
end

-- What is known of the chunk's offers: where their states are stored, and the versions and cell numbers in them.
local function read_states(buckets)
    local keys, fields, versions, cell_of = {}, {}, {}, {}
    local bytes, prefix = OFFER_BYTES, PREFIX .. 's:'
    local pos, n = 1, 0
    while pos <= #bytes do
        local bucket, field
        bucket, field, pos = decode('>I6c8', bytes, pos)
        n = n + 1
        local key = prefix .. bucket % buckets -- fewer than 14 digits, so Lua's own conversion will do, and is faster
        keys[n], fields[n] = key, field
        local state = call('HGET', key, field)
        if state then
            versions[n], cell_of[n] = decode(STORED_STATE, state)
        else
            versions[n], cell_of[n] = -1, DELETED
        end
    end
    return keys, fields, versions, cell_of
end

-- The changes, one after the other, in memory: sets the versions and cell numbers that are newer.
-- Returns which offers changed, by how much each cell's count does, what happened in which minute, and the sums.
local function fold(versions, cell_of, number_of)
    local changed, delta, rates = {}, {}, {}
    local written, stale = 0, 0
    local added, corrected, deleted = 0, 0, 0
    local bytes = CHANGE_BYTES
    local pos = 1
    while pos <= #bytes do
        local offer, version, cell, minute
        offer, version, cell, minute, pos = decode('>I4I7I2I2', bytes, pos)
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
    return changed, delta, rates,
        {written = written, stale = stale, added = added, corrected = corrected, deleted = deleted}
end

-- The counters that move, and where to; none below zero.
local function move_counts(delta, name_of)
    local numbers, unnamed = {}, {}
    for number, d in pairs(delta) do
        if d ~= 0 then
            numbers[#numbers + 1] = number
            if not name_of[number] then
                unnamed[#unnamed + 1] = number
            end
        end
    end
    local found = hmget(NAMES, unnamed)
    for i, number in ipairs(unnamed) do
        if not found[i] then
            return nil, {'damaged', NAMES .. ' does not name cell ' .. text(number)}
        end
        name_of[number] = found[i]
    end
    local names = {}
    for i, number in ipairs(numbers) do
        names[i] = name_of[number]
    end
    local counts = hmget(COUNTS, names)
    for i, number in ipairs(numbers) do
        counts[i] = tonumber(counts[i] or 0)
        if not counts[i] or counts[i] + delta[number] < 0 then
            return nil, {'damaged', COUNTS .. ' counts fewer offers in ' .. names[i] .. ' than are known there'}
        end
        counts[i] = counts[i] + delta[number]
    end
    return {numbers = numbers, names = names, counts = counts}
end

local function by_start(a, b)
    return a[1] < b[1]
end

-- The coverage (nil: none yet) after the waiting ranges that join it, and the text of those that wait on.
local function join(covered, waiting)
    table.sort(waiting, by_start)
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
    return covered, table.concat(rest, ' ')
end

-- The coverage of each partition: ranges that join it advance it, others wait until they do.
local function extend_coverage(raised)
    local ranges = {}
    local pos = 1
    while pos <= #RANGE_BYTES do
        local partition, from, next, log_start
        partition, from, next, log_start, pos = decode('>I4I7I7I1', RANGE_BYTES, pos)
        local field = text(partition)
        local before, parked
        if not raised then
            before = tonumber(call('HGET', COVERAGE, field) or nil)
            parked = call('HGET', PARKED, field)
        end
        local covered = before
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
        local rest
        covered, rest = join(covered, waiting)
        ranges[#ranges + 1] = {field, covered, covered ~= before, rest, parked or ''}
    end
    return ranges
end

-- Keys of a wrong type must show before the first write; the other keys have been read.
local function check_types(rates)
    for minute in pairs(rates) do
        call('HLEN', rate_key(minute))
    end
    call('XLEN', CHANGES)
end

-- For the write, where nothing may fail.

local function write_source(source)
    if source.fresh then
        call('HSET', META, 'format', FORMAT, 'buckets', BUCKETS, 'states', 0)
    end
    if source.fresh or source.raised then
        call('HSET', META, 'topic', TOPIC, 'topic-id', TOPIC_ID, 'epoch', EPOCH, 'partitions', PARTITIONS)
    end
    if source.raised then
        call('DEL', COVERAGE, PARKED)
    end
end

local function write_cells(cells)
    for i, number in ipairs(cells.number_of) do
        if number > cells.known then
            call('HSET', CELLS, cells.names[i], number)
            call('HSET', NAMES, number, cells.names[i])
        end
    end
end

local function write_states(source, changed, keys, fields, versions, cell_of)
    local encode = struct.pack
    local new = 0
    for offer in pairs(changed) do
        new = new + call('HSET', keys[offer], fields[offer], encode(STORED_STATE, versions[offer], cell_of[offer]))
    end
    -- States are never deleted, so fewer of them show that a bucket is gone.
    if new > 0 and source.sized then
        call('HINCRBY', META, 'states', new)
    end
end

local function write_sizes(source)
    local counted, cells = call('HLEN', COUNTS), call('HLEN', CELLS)
    if counted ~= source.counted or cells ~= source.cells then
        call('HSET', META, 'counted', counted, 'cells', cells)
    end
end

local function write_counts(moved)
    for i, name in ipairs(moved.names) do
        if moved.counts[i] == 0 then
            call('HDEL', COUNTS, name)
        else
            call('HSET', COUNTS, name, text(moved.counts[i]))
        end
    end
end

local function write_coverage(ranges)
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
end

local function write_rates(rates)
    for minute, rate in pairs(rates) do
        local key = rate_key(minute)
        for kind, count in pairs(rate) do
            call('HINCRBY', key, kind, count)
        end
        call('EXPIREAT', key, text(tonumber(minute_at(minute)) * 60 + tonumber(RATE_SECONDS)))
    end
end

-- The stream of changes tells the sums, and by how much each count moved; in several entries if those are many.
local function write_change(sums, moved, delta)
    if sums.added + sums.corrected + sums.deleted == 0 then
        return
    end
    local numbers, names = moved.numbers, moved.names
    local entry = {'at', TIMESTAMP, 'new', sums.added, 'corrected', sums.corrected, 'deleted', sums.deleted}
    for i = 1, math.max(#numbers, 1), SLICE do
        for j = i, math.min(i + SLICE - 1, #numbers) do
            entry[#entry + 1] = names[j]
            entry[#entry + 1] = string.format('%+.0f', delta[numbers[j]])
        end
        call('XADD', CHANGES, 'MAXLEN', '~', STREAM_LENGTH, '*', unpack(entry))
        entry = {'at', TIMESTAMP}
    end
end

local source, cells, moved, reason
source, reason = read_source()
if not source then
    return reason
end
cells, reason = number_cells()
if not cells then
    return reason
end
local keys, fields, versions, cell_of = read_states(source.buckets)
local changed, delta, rates, sums = fold(versions, cell_of, cells.number_of)
moved, reason = move_counts(delta, cells.name_of)
if not moved then
    return reason
end
local ranges = extend_coverage(source.raised)
check_types(rates)

-- WRITE
write_source(source)
write_cells(cells)
write_states(source, changed, keys, fields, versions, cell_of)
write_counts(moved)
write_sizes(source)
write_coverage(ranges)
write_rates(rates)
write_change(sums, moved, delta)
return {'done', sums.written, sums.stale, cells.last}
