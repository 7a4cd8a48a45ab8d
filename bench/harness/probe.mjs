/**
 * Preloaded (`node --import`) into every server under test: tells over IPC what the process has used, counts and records what `pg` sends, remembers hashes while
 * it warms up, and, with BENCH_STUB_HASH, puts a constant in the place of bcrypt. What it costs is paid by floors and peers alike.
 */
import crypto from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { Session } from 'node:inspector/promises';
import { createRequire, syncBuiltinESMExports } from 'node:module';
import { monitorEventLoopDelay } from 'node:perf_hooks';

const RESOLUTION_MS = 5;
const require = createRequire(new URL('../../package.json', import.meta.url));
const pg = require('pg');

const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
delay.enable();

let statements = 0;
let recording = null;
const query = pg.Client.prototype.query;
pg.Client.prototype.query = function (...args) {
  statements += 1;
  if (recording) record(args);
  return query.apply(this, args);
};

function record([first, second]) {
  const { text, name, values } = typeof first === 'string' ? { text: first, values: second } : first;
  recording.push({ text, name, values: Array.isArray(values) ? values : [] });
}

const bcrypt = require('bcrypt');
if (process.env.BENCH_STUB_HASH)
  bcrypt.hash = async (_secret, salt) => `${salt}${process.env.BENCH_STUB_HASH}`;

/** Real hashes of the first salts, which are those of the accounts that sign in; whatever a sign-up salts later gets a constant. */
const COMPUTED = 4;
let remembered = null;

/** Twenty hashes a second would take V8 ten minutes to compile what runs between them. */
function quick(key, compute, constant) {
  if (!remembered) return compute();
  if (!remembered.has(key)) remembered.set(key, remembered.size < COMPUTED ? compute() : constant());
  return remembered.get(key);
}

const { hash, compare } = bcrypt;
bcrypt.hash = (secret, salt) =>
  quick(
    `${secret} ${salt}`,
    () => hash(secret, salt),
    async () => `${salt}${'.'.repeat(31)}`,
  );
bcrypt.compare = (secret, hashed) =>
  quick(
    `${secret} ${hashed}`,
    () => compare(secret, hashed),
    async () => false,
  );
const { scrypt } = crypto;
crypto.scrypt = (secret, salt, length, options, done) => {
  const compute = () =>
    new Promise((resolve, reject) =>
      scrypt(secret, salt, length, options, (error, key) => (error ? reject(error) : resolve(key))),
    );
  quick(`${secret} ${salt}`, compute, async () => Buffer.alloc(length)).then((key) => done(null, key), done);
};
syncBuiltinESMExports();

const inspector = new Session();

const answers = {
  async startProfile() {
    inspector.connect();
    await inspector.post('Profiler.enable');
    await inspector.post('Profiler.setSamplingInterval', { interval: 200 });
    await inspector.post('Profiler.start');
    return null;
  },
  async stopProfile({ file }) {
    const { profile } = await inspector.post('Profiler.stop');
    writeFileSync(file, JSON.stringify(profile));
    inspector.disconnect();
    return null;
  },
  usage() {
    const { user, system } = process.cpuUsage();
    const { rss, heapUsed } = process.memoryUsage();
    // The histogram measures from tick to tick of its timer.
    const delayP99Ms = Math.max(0, delay.percentile(99) / 1e6 - RESOLUTION_MS);
    delay.reset();
    return { cpuMs: (user + system) / 1000, rss, heapUsed, statements, delayP99Ms };
  },
  rememberHashes({ on }) {
    remembered = on ? new Map() : null;
    return null;
  },
  collect() {
    globalThis.gc?.();
    return null;
  },
  startRecording() {
    recording = [];
    return null;
  },
  stopRecording() {
    const recorded = recording;
    recording = null;
    return recorded;
  },
};

process.on('message', async ({ id, ask, ...rest }) => {
  const answer = answers[ask];
  if (answer) process.send({ id, answer: await answer(rest) });
});
// A server is not kept alive by its channel, and ends with who started it.
process.channel?.unref();
process.on('disconnect', () => process.exit(1));
