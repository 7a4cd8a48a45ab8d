/** The address of a page with the secret in place of `{token}`. */
export function secretLink(page: string, token: string): string {
  return page.replaceAll('{token}', () => encodeURIComponent(token));
}

/** Whole minutes of a lifetime, as messages tell it. */
export function minutesUntil(expiresAt: Date, now: Date): number {
  return Math.max(1, Math.round((expiresAt.getTime() - now.getTime()) / 60_000));
}
