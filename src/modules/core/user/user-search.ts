import { likeLiteral } from '../../../shared/persistence/typeorm-repository.js';

/** Shorter texts are looked for at the beginning alone: the index, of trigrams, finds no less than three characters in the midst of others. */
const ANYWHERE_FROM = 3;

const isShort = (text: string): boolean => Array.from(text).length < ANYWHERE_FROM;

/** What a searched text is compared with, by LIKE. */
export function searchPattern(text: string): string {
  const literal = likeLiteral(text.toLowerCase());
  return isShort(text) ? `${literal}%` : `%${literal}%`;
}

/** The same, in memory. The value is in lower case. */
export function isFoundIn(value: string | null | undefined, text: string): boolean {
  const lower = text.toLowerCase();
  return (isShort(text) ? value?.startsWith(lower) : value?.includes(lower)) === true;
}
