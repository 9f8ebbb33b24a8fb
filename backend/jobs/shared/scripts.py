"""What Redis does in one piece, so that two who ask at once cannot come between each other.

All clocks are Redis's own: the machines of a team may disagree about the time.  Keys, all below ``look:``:

``entry:<id>``    a submitted file: ``file`` and ``meta`` (sealed)
``work:<w>``      a hash: kind, state, done, total, unit, size, attempts, failed, digest, at, woken
``owners:<w>``    the entries that share the work, by their end
``bytes:<w>`` ``reading:<w>``  sealed
``news:<w>``      a stream with one message, which those read who wait
``same:<digest>`` the work that stands for these bytes
``mine:<who>``    what waits of one person, by a keyed hash
``waiting`` ``taken`` ``held``  sorted sets: by time of arrival, by end of the lease, by end of keeping
``sizes`` ``total``  how many bytes are held
"""

from __future__ import annotations

COMMON = """
local function clock()
  local t = redis.call('TIME')
  return t[1] * 1000 + math.floor(t[2] / 1000)
end
local function work(w) return 'look:work:' .. w end
local function tell(w)
  redis.call('XADD', 'look:news:' .. w, 'MAXLEN', '1', '*', 'n', '1')
  redis.call('PEXPIRE', 'look:news:' .. w, 660000)
end
local function drop_bytes(w)
  local size = redis.call('HGET', 'look:sizes', w)
  if size then
    redis.call('DECRBY', 'look:total', size)
    redis.call('HDEL', 'look:sizes', w)
    redis.call('ZREM', 'look:held', w)
  end
  redis.call('DEL', 'look:bytes:' .. w)
end
local function unname(w)
  local digest = redis.call('HGET', work(w), 'digest')
  if digest and redis.call('GET', 'look:same:' .. digest) == w then redis.call('DEL', 'look:same:' .. digest) end
end
local function unqueue(w)
  local mine = redis.call('HGET', work(w), 'mine')
  if mine then redis.call('ZREM', 'look:mine:' .. mine, w) end
  return redis.call('ZREM', 'look:waiting', w)
end
local function drop(w)
  unname(w)
  drop_bytes(w)
  unqueue(w)
  redis.call('ZREM', 'look:taken', w)
  redis.call('DEL', work(w), 'look:owners:' .. w, 'look:reading:' .. w)
  redis.call('DEL', 'look:news:' .. w)
end
local function owned(w, attempt)
  return redis.call('HGET', work(w), 'attempts') == attempt and redis.call('HGET', work(w), 'state') == 'reading'
end
local function finish(w, failed, keep)
  redis.call('ZREM', 'look:taken', w)
  unqueue(w)
  redis.call('HSET', work(w), 'state', 'done', 'failed', failed)
  if failed ~= '' then unname(w) end
  if keep ~= '1' then drop_bytes(w) end
  tell(w)
end
local function sweep(now)
  for _, w in ipairs(redis.call('ZRANGEBYSCORE', 'look:held', '-inf', now, 'LIMIT', 0, 100)) do drop_bytes(w) end
  -- Also where Redis has thrown keys away for want of memory, the count of bytes comes right again.
  if redis.call('EXISTS', 'look:held') == 0 then redis.call('DEL', 'look:total', 'look:sizes') end
  for _, w in ipairs(redis.call('ZRANGE', 'look:waiting', 0, 20)) do
    if redis.call('EXISTS', work(w)) == 0 then redis.call('ZREM', 'look:waiting', w) end
  end
end
"""

JOIN = """
-- digest, id, meta, keep, size, most bytes, most waiting, who, most of one:
-- take an entry for bytes that are known already
local digest, id, meta, keep, size, most, waiting, who, mine = unpack(ARGV)
local now = clock()
sweep(now)
local w = redis.call('GET', 'look:same:' .. digest)
if w and redis.call('EXISTS', work(w)) == 1 then
  redis.call('HSET', 'look:entry:' .. id, 'file', w, 'meta', meta)
  redis.call('PEXPIRE', 'look:entry:' .. id, keep)
  redis.call('ZADD', 'look:owners:' .. w, now + keep, id)
  for _, key in ipairs({work(w), 'look:owners:' .. w, 'look:bytes:' .. w, 'look:reading:' .. w}) do
    redis.call('PEXPIRE', key, keep)
  end
  redis.call('PEXPIRE', 'look:same:' .. digest, keep)
  if redis.call('ZSCORE', 'look:held', w) then redis.call('ZADD', 'look:held', now + keep, w) end
  return w
end
if redis.call('ZCARD', 'look:waiting') >= tonumber(waiting) then return false end
redis.call('ZREMRANGEBYSCORE', 'look:mine:' .. who, '-inf', now)
if redis.call('ZCARD', 'look:mine:' .. who) >= tonumber(mine) then return false end
local total = tonumber(redis.call('GET', 'look:total') or '0') + size
if total > tonumber(most) then
  for _, old in ipairs(redis.call('ZRANGE', 'look:held', 0, 200)) do
    if total <= tonumber(most) then break end
    if redis.call('HGET', work(old), 'state') == 'done' then
      total = total - tonumber(redis.call('HGET', 'look:sizes', old) or '0')
      drop_bytes(old)
    end
  end
  if total > tonumber(most) then return false end
end
return ''
"""

PUT = """
-- work, kind, digest, id, meta, keep, size, held, who: begin work on bytes that lie there sealed
local w, kind, digest, id, meta, keep, size, held, who = unpack(ARGV)
local now = clock()
redis.call('HSET', work(w), 'kind', kind, 'state', 'queued', 'done', 0, 'total', 1, 'unit', 'steps', 'size', size,
  'attempts', 0, 'failed', '', 'digest', digest, 'at', now, 'woken', now, 'mine', who)
redis.call('PEXPIRE', work(w), keep)
redis.call('ZADD', 'look:waiting', now, w)
redis.call('INCRBY', 'look:total', held)
redis.call('HSET', 'look:sizes', w, held)
redis.call('ZADD', 'look:held', now + keep, w)
if id ~= '' then
  redis.call('HSET', 'look:entry:' .. id, 'file', w, 'meta', meta)
  redis.call('PEXPIRE', 'look:entry:' .. id, keep)
  redis.call('ZADD', 'look:owners:' .. w, now + keep, id)
  redis.call('PEXPIRE', 'look:owners:' .. w, keep)
  redis.call('SET', 'look:same:' .. digest, w, 'PX', keep)
  redis.call('ZADD', 'look:mine:' .. who, now + keep, w)
  redis.call('PEXPIRE', 'look:mine:' .. who, keep)
end
return 1
"""

TAKE = """
-- work, lease: take it, if it still waits
local w, lease = unpack(ARGV)
if unqueue(w) == 0 or redis.call('EXISTS', work(w)) == 0 then return false end
redis.call('ZADD', 'look:taken', clock() + lease, w)
redis.call('HSET', work(w), 'state', 'reading')
local attempt = redis.call('HINCRBY', work(w), 'attempts', 1)
tell(w)
return {tostring(attempt), redis.call('HGET', work(w), 'kind')}
"""

BEAT = """
-- work, attempt, lease: keep it a little longer; 0 when it was forgotten or another has it
local w, attempt, lease = unpack(ARGV)
if not owned(w, attempt) then return 0 end
redis.call('ZADD', 'look:taken', clock() + lease, w)
return 1
"""

TELL = """
-- work, attempt, done, total, unit, reading, last, failed, keep, time to live
local w, attempt, done, total, unit, reading, last, failed, keep, live = unpack(ARGV)
if not owned(w, attempt) then return 0 end
if last == '1' and keep ~= '1' then drop_bytes(w) end
local left = redis.call('PTTL', work(w))
if left <= 0 then left = live end
if reading ~= '' then redis.call('SET', 'look:reading:' .. w, reading, 'PX', left) end
redis.call('HSET', work(w), 'done', done, 'total', total, 'unit', unit)
if last == '1' then finish(w, failed, keep) else tell(w) end
return 1
"""

GIVE_BACK = """
-- work, attempt: let another have it, as if it had not been taken
local w, attempt = unpack(ARGV)
if not owned(w, attempt) then return 0 end
redis.call('ZREM', 'look:taken', w)
redis.call('HSET', work(w), 'state', 'queued', 'woken', 0)
redis.call('HINCRBY', work(w), 'attempts', -1)
redis.call('ZADD', 'look:waiting', redis.call('HGET', work(w), 'at'), w)
return 1
"""

TIDY = """
-- attempts, quiet, queues...: hand on what was taken by one who died; return what nobody has been told of
local now = clock()
sweep(now)
for _, w in ipairs(redis.call('ZRANGEBYSCORE', 'look:taken', '-inf', now, 'LIMIT', 0, 50)) do
  if redis.call('EXISTS', work(w)) == 0 then
    redis.call('ZREM', 'look:taken', w)
  elseif tonumber(redis.call('HGET', work(w), 'attempts')) >= tonumber(ARGV[1]) then
    finish(w, 'crashed', '0')
    redis.call('HINCRBY', 'look:counts', 'gap crashed', 1)
  else
    redis.call('ZREM', 'look:taken', w)
    redis.call('HSET', work(w), 'state', 'queued', 'woken', 0)
    redis.call('ZADD', 'look:waiting', redis.call('HGET', work(w), 'at'), w)
  end
end
local told = 0
for i = 3, #ARGV do told = told + redis.call('LLEN', ARGV[i]) end
local lost = {}
for _, w in ipairs(redis.call('ZRANGE', 'look:waiting', 0, 49)) do
  local woken = tonumber(redis.call('HGET', work(w), 'woken') or '0')
  local quiet = now - woken
  if woken == 0 or (told == 0 and quiet > tonumber(ARGV[2])) or quiet > 20 * tonumber(ARGV[2]) then
    redis.call('HSET', work(w), 'woken', now)
    lost[#lost + 1] = w
    lost[#lost + 1] = redis.call('HGET', work(w), 'kind')
  end
end
return lost
"""

FORGET = """
-- id, work: forget an entry, and the work when nobody else has it
local id, w = unpack(ARGV)
redis.call('DEL', 'look:entry:' .. id)
redis.call('ZREM', 'look:owners:' .. w, id)
redis.call('ZREMRANGEBYSCORE', 'look:owners:' .. w, '-inf', clock())
if redis.call('ZCARD', 'look:owners:' .. w) == 0 then drop(w) end
return 1
"""

ALIVE = """
-- worker, life: note that a worker lives ('' only counts); return how many do
local worker, life = unpack(ARGV)
local now = clock()
if worker ~= '' then redis.call('ZADD', 'look:workers', now + life, worker) end
redis.call('ZREMRANGEBYSCORE', 'look:workers', '-inf', now)
return redis.call('ZCARD', 'look:workers')
"""

LOOK = """
-- (no argument): how the queue stands: waiting, age of the oldest in ms, taken, bytes held, workers alive
local now = clock()
sweep(now)
local oldest = redis.call('ZRANGE', 'look:waiting', 0, 0, 'WITHSCORES')
local age = 0
if oldest[2] then age = math.max(0, now - tonumber(oldest[2])) end
return {redis.call('ZCARD', 'look:waiting'), age, redis.call('ZCARD', 'look:taken'),
  tonumber(redis.call('GET', 'look:total') or '0'), redis.call('ZCOUNT', 'look:workers', now, '+inf')}
"""
