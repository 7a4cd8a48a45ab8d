/** `resource:action`; each part is a name or `*`, which stands for every name. */
export type Permission = string;

const PART = String.raw`(?:\*|[a-z0-9](?:[a-z0-9._-]{0,48}[a-z0-9])?)`;

/** Source of the pattern, for DTOs and the OpenAPI document. */
export const PERMISSION_PATTERN = new RegExp(`^${PART}:${PART}$`);
export const MAX_PERMISSION_LENGTH = 101;

export function isPermission(value: unknown): value is Permission {
  return typeof value === 'string' && PERMISSION_PATTERN.test(value);
}
