const named = new Set<string>();

/** A route asks for the role by its name. */
export function nameInCode(slug: string): void {
  named.add(slug);
}

/** Whether a route asks for roles of this name, whatever their permissions. */
export function isNamedInCode(slug: string): boolean {
  return named.has(slug);
}
