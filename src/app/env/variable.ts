import { parseDuration } from '../../shared/time/duration.js';

/** One environment variable: what it means and how its text is read. `parse` throws an Error that never repeats the value. */
export interface Variable<T> {
  readonly description: string;
  /** As it is shown in the documentation. */
  readonly defaultText: string;
  readonly fallback: T;
  readonly parse: (text: string) => T;
  readonly form: string;
}

interface Spec<T> {
  readonly default: T;
  readonly description: string;
  /** @default the default's own text */
  readonly defaultText?: string;
}

function variable<T>(form: string, spec: Spec<T>, parse: (text: string) => T): Variable<T> {
  return {
    form,
    description: spec.description,
    defaultText: spec.defaultText ?? (spec.default === null ? 'none' : String(spec.default)),
    fallback: spec.default,
    parse,
  };
}

export function text<T extends string | null>(spec: Spec<T>): Variable<string | T> {
  return variable<string | T>('text', spec, (value) => value);
}

export function integer<T extends number | null>(
  spec: Spec<T> & { min: number; max: number },
): Variable<number | T> {
  return variable<number | T>(`${spec.min}–${spec.max}`, spec, (value) => {
    const number = /^\d{1,9}$/.test(value) ? Number(value) : NaN;
    if (!(number >= spec.min && number <= spec.max))
      throw new Error(`must be a whole number from ${spec.min} to ${spec.max}`);
    return number;
  });
}

export function decimal(spec: Spec<number> & { min: number; max: number }): Variable<number> {
  return variable(`${spec.min}–${spec.max}`, spec, (value) => {
    const number = /^\d{1,6}(\.\d{1,6})?$/.test(value) ? Number(value) : NaN;
    if (!(number >= spec.min && number <= spec.max))
      throw new Error(`must be a number from ${spec.min} to ${spec.max}`);
    return number;
  });
}

/** What a duration may be where nothing else is said: a hundred years end within the dates that there are. */
const SHORTEST = '1ms';
const LONGEST = '36500d';

/** `250ms`, `10s`, `15m`, `12h`, `7d`; read as milliseconds. `default`, `min` and `max` are written the same way. */
export function duration<T extends string | null>(
  spec: Spec<T> & { min?: string; max?: string },
): Variable<T extends null ? number | null : number> {
  type Value = T extends null ? number | null : number;
  const fallback = (spec.default === null ? null : parseDuration(spec.default)) as Value;
  const { min = SHORTEST, max = LONGEST } = spec;
  return {
    ...variable<Value>(
      'duration',
      { ...spec, default: fallback, defaultText: spec.default ?? 'none' },
      (value) => {
        const time = durationOf(value);
        if (!(time >= parseDuration(min) && time <= parseDuration(max)))
          throw new Error(`must be a duration such as 10s, 15m, 12h or 7d, from ${min} to ${max}`);
        return time as Value;
      },
    ),
  };
}

function durationOf(value: string): number {
  try {
    return parseDuration(value);
  } catch {
    return NaN;
  }
}

export function oneOf<const T extends string>(
  values: readonly T[],
  spec: { default: T; description: string; defaultText?: string },
): Variable<T> {
  return variable(values.join(' \\| '), spec, (value) => {
    const found = values.find((candidate) => candidate === value);
    if (found === undefined) throw new Error(`must be one of ${values.join(', ')}`);
    return found;
  });
}

export function flag(spec: Spec<boolean>): Variable<boolean> {
  return variable(
    'on \\| off',
    { ...spec, defaultText: spec.defaultText ?? (spec.default ? 'on' : 'off') },
    (value) => {
      if (value !== 'on' && value !== 'off') throw new Error('must be on or off');
      return value === 'on';
    },
  );
}

/** As `flag`, but `null` where it is not given. */
export function optionalFlag(spec: { description: string; defaultText: string }): Variable<boolean | null> {
  const inner = flag({ ...spec, default: false });
  return { ...inner, fallback: null };
}

export function list(spec: {
  description: string;
  check?: (item: string) => void;
}): Variable<readonly string[]> {
  return variable<readonly string[]>('comma list', { ...spec, default: [], defaultText: 'none' }, (value) => {
    const items = value.split(',').map((item) => item.trim());
    if (items.some((item) => item === '')) throw new Error('must be a comma list without empty items');
    for (const item of items) spec.check?.(item);
    return items;
  });
}

export function url<T extends string | null>(
  spec: Spec<T> & { protocols: readonly string[]; check?: (url: URL) => void },
): Variable<string | T> {
  return variable<string | T>(`${spec.protocols.join(' or ')} URL`, spec, (value) => {
    if (!URL.canParse(value) || !spec.protocols.includes(new URL(value).protocol.slice(0, -1))) {
      throw new Error(
        `must be a URL that begins with ${spec.protocols.map((name) => `${name}://`).join(' or ')}`,
      );
    }
    spec.check?.(new URL(value));
    return value;
  });
}
