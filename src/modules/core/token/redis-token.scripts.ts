/** In front of every key; the braces put all of them into one slot of a cluster. */
export const PREFIX = '{castellan:tokens}';

/*
 * A row is a hash: `json` (the record), `type`, `subject` (key of the index), `token`, `user`, `expires` (ms), `used` (0 or 1), `used_at`. Indexes:
 * `token:<hash>` and `subject:<key>` (unused alone) hold an id, `user:<id>` is a set of ids, `expiry` sorts ids by when they ended: used, or expired.
 */
const FUNCTIONS = `
  local P = KEYS[1]
  local function row(id) return P .. ':row:' .. id end
  local function forget(id)
    local r = redis.call('HMGET', row(id), 'subject', 'token', 'user', 'used')
    if r[1] then
      if r[4] == '0' then redis.call('DEL', P .. ':subject:' .. r[1]) end
      if r[2] ~= '' then redis.call('DEL', P .. ':token:' .. r[2]) end
      if r[3] ~= '' then redis.call('SREM', P .. ':user:' .. r[3], id) end
    end
    redis.call('DEL', row(id))
    redis.call('ZREM', P .. ':expiry', id)
  end
  local function locate(index, key)
    if index == 'row' then return key end
    return redis.call('GET', P .. ':' .. index .. ':' .. key)
  end
  local function active(index, key, type, now)
    local id = locate(index, key)
    if not id then return false end
    local r = redis.call('HMGET', row(id), 'type', 'used', 'expires')
    if not r[1] or r[2] ~= '0' or tonumber(r[3]) <= tonumber(now) then return false end
    if type ~= '' and r[1] ~= type then return false end
    return id
  end
`;

/** id, subject, token, code, user, expires, kept, type, json */
export const REPLACE = `${FUNCTIONS}
  local id, subject, token, code, user, expires, kept = ARGV[1], ARGV[2], ARGV[3], ARGV[4], ARGV[5], ARGV[6], ARGV[7]
  local older = redis.call('GET', P .. ':subject:' .. subject)
  if older then forget(older) end
  redis.call('HSET', row(id), 'subject', subject, 'token', token, 'code', code, 'user', user, 'expires', expires,
    'used', '0', 'type', ARGV[8], 'json', ARGV[9])
  redis.call('PEXPIRE', row(id), kept)
  redis.call('SET', P .. ':subject:' .. subject, id, 'PX', kept)
  if token ~= '' then redis.call('SET', P .. ':token:' .. token, id, 'PX', kept) end
  if user ~= '' then redis.call('SADD', P .. ':user:' .. user, id) end
  redis.call('ZADD', P .. ':expiry', expires, id)`;

/** index, key, type, now */
export const FIND = `${FUNCTIONS}
  local id = active(ARGV[1], ARGV[2], ARGV[3], ARGV[4])
  return id and redis.call('HGET', row(id), 'json')`;

/** index, key, type, now, now as text, codes… */
export const USE = `${FUNCTIONS}
  local id = active(ARGV[1], ARGV[2], ARGV[3], ARGV[4])
  if not id then return false end
  if #ARGV > 5 then
    local code = redis.call('HGET', row(id), 'code')
    local matches = false
    for at = 6, #ARGV do if code ~= '' and ARGV[at] == code then matches = true end end
    if not matches then return false end
  end
  local record = redis.call('HMGET', row(id), 'subject', 'json')
  local json = string.gsub(record[2], '"used":false,"usedAt":null}$', function()
    return '"used":true,"usedAt":"' .. ARGV[5] .. '"}' end)
  redis.call('HSET', row(id), 'used', '1', 'json', json)
  redis.call('DEL', P .. ':subject:' .. record[1])
  redis.call('ZADD', P .. ':expiry', 'LT', ARGV[4], id)
  return json`;

/** user */
export const FIND_BY_USER = `${FUNCTIONS}
  local found = {}
  for _, id in ipairs(redis.call('SMEMBERS', P .. ':user:' .. ARGV[1])) do
    local json = redis.call('HGET', row(id), 'json')
    if json then table.insert(found, json) end
  end
  return found`;

/** subject */
export const DELETE_BY_SUBJECT = `${FUNCTIONS}
  local id = redis.call('GET', P .. ':subject:' .. ARGV[1])
  if id then forget(id) end`;

/** user, types… */
export const DELETE_BY_USER = `${FUNCTIONS}
  for _, id in ipairs(redis.call('SMEMBERS', P .. ':user:' .. ARGV[1])) do
    local type = redis.call('HGET', row(id), 'type')
    local wanted = #ARGV == 1 or not type
    for at = 2, #ARGV do if ARGV[at] == type then wanted = true end end
    if wanted then
      forget(id)
      redis.call('SREM', P .. ':user:' .. ARGV[1], id)
    end
  end`;

/** before, limit */
export const DELETE_EXPIRED = `${FUNCTIONS}
  local expired = redis.call('ZRANGEBYSCORE', P .. ':expiry', '-inf', '(' .. ARGV[1], 'LIMIT', 0, ARGV[2])
  for _, id in ipairs(expired) do forget(id) end
  return #expired`;
