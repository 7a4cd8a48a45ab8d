/** Where a record belongs whose action nothing else claims: administration, of platform and organizations, and a host's own events. */
const REST = 'admin';

/** By what an action begins with, whole words of its dot notation. */
const DEFAULT_RULES: Readonly<Record<string, string>> = {
  auth: 'authentication',
  session: 'authentication',
  // A stolen token is worth knowing about later than a sign-in.
  'auth.refresh.reuse': 'security',
  user: 'user',
  security: 'security',
};

/** Which class of retention an action belongs to: the longest rule that it begins with. */
export class RetentionRules {
  private readonly rules: ReadonlyMap<string, string>;

  constructor(own: Readonly<Record<string, string>>) {
    this.rules = new Map(Object.entries({ ...DEFAULT_RULES, ...own }));
  }

  classOf(action: string): string {
    for (let prefix = action; prefix !== ''; prefix = prefix.slice(0, Math.max(prefix.lastIndexOf('.'), 0))) {
      const found = this.rules.get(prefix);
      if (found !== undefined) return found;
    }
    return REST;
  }

  /** Every class that a record can be of. */
  get classes(): string[] {
    return [...new Set([...this.rules.values(), REST])].sort();
  }
}
