const UNITS = { w: 604_800_000, d: 86_400_000, h: 3_600_000, m: 60_000, s: 1_000, ms: 1 } as const;

type Unit = keyof typeof UNITS;

/**
 * Milliseconds of `10s`, `15m`, `12h`, `7d`, `2w`, `250ms`: one whole number and its unit.
 * A number without a unit is refused, because nobody can tell seconds from milliseconds. Throws a RangeError.
 */
export function parseDuration(text: string): number {
  const match = /^(\d{1,15})(ms|s|m|h|d|w)$/.exec(text);
  if (!match) throw new RangeError('a duration is a whole number with a unit, such as 30s, 15m, 12h or 7d');
  const milliseconds = Number(match[1]) * UNITS[match[2] as Unit];
  if (!Number.isSafeInteger(milliseconds)) throw new RangeError('the duration is too long');
  return milliseconds;
}

/** The shortest text that `parseDuration` reads back: 900000 is `15m`. Throws a RangeError for fractions and negatives. */
export function formatDuration(milliseconds: number): string {
  if (!Number.isSafeInteger(milliseconds) || milliseconds < 0) {
    throw new RangeError('a duration is a whole number of milliseconds');
  }
  if (milliseconds === 0) return '0s';
  // Weeks are read but not written: 7d says more than 1w.
  const unit = (['d', 'h', 'm', 's'] as const).find((name) => milliseconds % UNITS[name] === 0) ?? 'ms';
  return `${milliseconds / UNITS[unit]}${unit}`;
}
