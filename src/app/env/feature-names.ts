/** The opt-in modules, as `AUTH_MODULES` names them; each stands after those that it needs. */
export const FEATURE_NAMES = [
  'oauth',
  'two-factor',
  'magic-link',
  'rbac',
  'organization',
  'invitation',
  'audit',
  'admin',
] as const;

export type FeatureName = (typeof FEATURE_NAMES)[number];

/** @throws if no opt-in module has the name */
export function assertFeatureName(name: string): void {
  if (!FEATURE_NAMES.some((known) => known === name))
    throw new Error(`must be a comma list of ${FEATURE_NAMES.join(', ')}`);
}
