const MOST = 64;
/** What a reader, or a mail program, may take for an address to go to. */
const ADDRESS = /:\/\/|www\.|@|[\p{L}\p{N}-]\.[\p{L}]{2,}/iu;

/**
 * A name of a user's choice as a message may show it: whoever invites anybody at all must not put words of their own, or links, into our mail. One line, of
 * at most 64 characters; `null` where it looks like an address.
 */
export function displayName(name: string | null | undefined): string | null {
  const line = (name ?? '').replace(/[\p{C}\p{Z}\s]+/gu, ' ').trim();
  if (line === '' || ADDRESS.test(line)) return null;
  const letters = Array.from(line);
  return letters.length > MOST ? `${letters.slice(0, MOST - 1).join('')}…` : line;
}
