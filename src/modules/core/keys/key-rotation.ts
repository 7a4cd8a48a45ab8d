import type { JsonWebKey } from 'node:crypto';
import { generateSigningKey } from './generated-keys.js';
import { jwksOf, parseKeys, signingKeyOf } from './key-parsing.js';
import { type SigningAlgorithm, type SigningKey, SigningKeys } from './signing-keys.js';

/** Private members of a JWK Set of ours (RFC 7517 section 4: what a reader does not know it ignores). */
const STAGED = 'castellan_staged_at';
const RETIRED = 'castellan_retired_at';

export interface KeyRotationOrder {
  /** `stage`: the next key is published, and the old one goes on signing. `sign`: the staged key signs, or a new one where none is staged. */
  readonly step: 'stage' | 'sign';
  /** @default the one of the key that signs now */
  readonly algorithm?: SigningAlgorithm;
  readonly now: Date;
  /** Keys that were retired longer ago are dropped. */
  readonly keepMs: number;
}

export interface KeyRotation {
  /** The keys afterwards: a JWK Set that `parseSigningKeys` reads. */
  readonly keys: string;
  /** Ids. */
  readonly signing: string;
  /** Published, and signing after the next step. */
  readonly staged: string | null;
  /** Verifies on: its private half is gone, unless it is a symmetric key. */
  readonly retired: string | null;
  readonly dropped: readonly string[];
}

interface Entry {
  readonly key: SigningKey;
  readonly stagedAt?: string;
  readonly retiredAt?: string;
}

/** A new signing key as a JWK Set that `parseSigningKeys` reads. */
export function generateKeySet(algorithm: SigningAlgorithm): { keys: string; signing: string } {
  const key = signingKeyOf(generateSigningKey(algorithm));
  return { keys: textOf([{ key }]), signing: key.kid };
}

/** One step of the way to a new signing key, on keys as `parseSigningKeys` reads them. @throws Error that names the problem, never the material */
export function rotateSigningKeys(
  text: string,
  { step, algorithm, now, keepMs }: KeyRotationOrder,
): KeyRotation {
  const entries = entriesOf(text);
  const { current } = new SigningKeys(entries.map(({ key }) => key));
  const kept = entries.filter(({ retiredAt }) => !isOlder(retiredAt, now.getTime() - keepMs));
  const dropped = entries.filter((entry) => !kept.includes(entry)).map(({ key }) => key.kid);
  const old = kept.filter(({ key, stagedAt }) => key.kid !== current.kid && stagedAt === undefined);
  const staged = kept.find(({ stagedAt }) => stagedAt !== undefined)?.key;
  const next = staged ?? signingKeyOf(generateSigningKey(algorithm ?? current.algorithm));
  const at = now.toISOString();
  if (step === 'stage') {
    const keys = textOf([{ key: current }, { key: next, stagedAt: at }, ...old]);
    return { keys, signing: current.kid, staged: next.kid, retired: null, dropped };
  }
  const keys = textOf([{ key: next }, { key: publicHalf(current), retiredAt: at }, ...old]);
  return { keys, signing: next.kid, staged: null, retired: current.kid, dropped };
}

function entriesOf(text: string): Entry[] {
  const members = /^\s*[[{]/.test(text) ? jwksOf(text) : [];
  return parseKeys(text).map((key, index) => ({
    key,
    stagedAt: stringOf(members[index]?.[STAGED]),
    retiredAt: stringOf(members[index]?.[RETIRED]),
  }));
}

function textOf(entries: readonly Entry[]): string {
  const keys = entries.map(({ key, stagedAt, retiredAt }) => ({
    ...(key.privateKey ?? key.verificationKey).export({ format: 'jwk' }),
    kid: key.kid,
    alg: key.algorithm,
    use: 'sig',
    [STAGED]: stagedAt,
    [RETIRED]: retiredAt,
  }));
  return JSON.stringify({ keys });
}

function publicHalf(key: SigningKey): SigningKey {
  return key.algorithm === 'HS256' ? key : { ...key, privateKey: null };
}

function isOlder(instant: string | undefined, cutoff: number): boolean {
  return instant !== undefined && Date.parse(instant) < cutoff;
}

function stringOf(value: JsonWebKey[string]): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
