import type { Pace } from '../harness/rounds.js';

const scale = Number(process.env['BENCH_SECONDS'] ?? 3);
const rounds = Number(process.env['BENCH_ROUNDS'] ?? 5);

export const QUICK: Pace = { connections: 16, seconds: scale, rounds };
/** Hashes are slow: fewer of them fit. */
export const HASHING: Pace = { connections: 8, seconds: scale * 2, rounds };
