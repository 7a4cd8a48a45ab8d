const HIDDEN = '[redacted]';

/** What a secret looks like, wherever it stands: in a message, in a stack, in the error of a library that repeats what it was given. */
const SECRETS: readonly (readonly [RegExp, string])[] = [
  // The credentials of a URL: a database, a mail server.
  [/\b([a-z][a-z0-9+.-]*:\/\/)[^\s/@]+@/gi, `$1${HIDDEN}@`],
  [/\b(Bearer|Basic)\s+[A-Za-z0-9._~+/=-]+/gi, `$1 ${HIDDEN}`],
  // `password: …`, `"access_token":"…"`, `token=…` and the like, whatever the value looks like; up to the end of the value.
  [
    /((?:password|passwd|secret|token|authorization|cookie|otp|api_?key|backup_?codes?)["']?\s*[:=]\s*)(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|[^\s"',;&)}\]]+)/gi,
    `$1${HIDDEN}`,
  ],
  // Hashes of passwords, and sealed values.
  [/\$(?:2[abxy]|bcrypt-sha256|argon2(?:id|i|d)|scrypt|pbkdf2[a-z0-9-]*)\$\S+/gi, HIDDEN],
  // JWTs, opaque tokens (43 characters), hexadecimal digests: nothing that a log needs is so long without a break.
  [/\beyJ[\w-]+\.[\w-]+(?:\.[\w-]*)?/g, HIDDEN],
  [/(?<![\w-])[\w-]{40,}(?![\w-]|\.\w)/g, HIDDEN],
];

/** A text without what looks like a secret. A last line of defence: nothing of ours writes one into the log. */
export function redact(text: string): string {
  return SECRETS.reduce((rest, [pattern, replacement]) => rest.replace(pattern, replacement), text);
}

/** The same of whatever is logged as JSON: texts in objects and lists too. */
export function redactDeep(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return redact(value);
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  if (depth > 5) return HIDDEN;
  if (value instanceof Error) return redact(value.stack ?? value.message);
  if (Array.isArray(value)) return value.map((item) => redactDeep(item, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      key,
      typeof item === 'string' && SECRET_NAME.test(key) ? HIDDEN : redactDeep(item, depth + 1),
    ]),
  );
}

const SECRET_NAME = /password|passwd|secret|token|authorization|cookie|otp|api_?key|backup_?codes?/i;
