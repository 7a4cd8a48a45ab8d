/** Parses a JSON object and refuses one in which any object has a name twice: readers disagree which of the two counts (RFC 8725 section 2.4). */
export function parseStrictObject(text: string): Record<string, unknown> | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  return hasDuplicateNames(text) ? undefined : (value as Record<string, unknown>);
}

const STRING = /"(?:[^"\\]|\\.)*"/y;
const COLON = /\s*:/y;

/** At any depth. `text` is valid JSON; so a string before a colon is a name, and a brace outside a string opens or closes an object. */
export function hasDuplicateNames(text: string): boolean {
  const open: (Set<string> | null)[] = [];
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at];
    if (character === '{') open.push(new Set());
    else if (character === '[') open.push(null);
    else if (character === '}' || character === ']') open.pop();
    else if (character === '"') {
      STRING.lastIndex = at;
      const literal = STRING.exec(text)?.[0] ?? '"';
      at += literal.length - 1;
      const names = open.at(-1);
      COLON.lastIndex = at + 1;
      if (!names || !COLON.test(text)) continue;
      const name = JSON.parse(literal) as string;
      if (names.has(name)) return true;
      names.add(name);
    }
  }
  return false;
}
