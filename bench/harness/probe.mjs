/**
 * Preloaded (`node --import`) into every server under test: tells over IPC what the process has used, counts and records what `pg` sends, and, with
 * BENCH_STUB_HASH, puts a constant in the place of bcrypt. What it costs is paid by floors and peers alike.
 */
import { writeFileSync } from 'node:fs';
import { Session } from 'node:inspector/promises';
import { createRequire } from 'node:module';
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

if (process.env.BENCH_STUB_HASH) {
  const bcrypt = require('bcrypt');
  bcrypt.hash = async (_secret, salt) => `${salt}${process.env.BENCH_STUB_HASH}`;
}

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
