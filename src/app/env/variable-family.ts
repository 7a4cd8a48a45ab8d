import type { Variable } from './variable.js';

/** Variables whose names hold a name of the operator's choice, `OAUTH_<NAME>_ISSUER` say. Those of one name belong together. */
export interface VariableFamily<Members extends Readonly<Record<string, Variable<unknown>>>> {
  /** What comes before the name, e.g. `OAUTH_`. */
  readonly prefix: string;
  /** By what comes after the name, e.g. `_ISSUER`. */
  readonly members: Members;
  /** Names that are no choice: their variables have meanings of their own. */
  readonly reserved: readonly string[];
}

export type FamilyMember<Members extends Readonly<Record<string, Variable<unknown>>>> = {
  readonly [Suffix in keyof Members]: Members[Suffix]['fallback'];
};

/** By the chosen names, as they are written in the environment. */
export type FamilyValues<Members extends Readonly<Record<string, Variable<unknown>>>> = Readonly<
  Record<string, FamilyMember<Members>>
>;

type AnyFamily = VariableFamily<Readonly<Record<string, Variable<unknown>>>>;

const NAME = /^[A-Z][A-Z0-9_]{0,31}$/;

/** The name that a variable of the family is about; `undefined` where it is none of the family. */
export function nameInFamily({ prefix, members, reserved }: AnyFamily, variable: string): string | undefined {
  const suffix = Object.keys(members).find((candidate) => variable.endsWith(candidate));
  if (suffix === undefined || !variable.startsWith(prefix)) return undefined;
  const name = variable.slice(prefix.length, -suffix.length);
  return NAME.test(name) && !reserved.includes(name) ? name : undefined;
}

/** Reads all variables of a family; `read` reads one, and takes note of what is wrong with it. */
export function readFamily<Members extends Readonly<Record<string, Variable<unknown>>>>(
  family: VariableFamily<Members>,
  source: Readonly<Record<string, string | undefined>>,
  read: (name: string, variable: Variable<unknown>) => unknown,
): FamilyValues<Members> {
  const given = Object.keys(source).filter((variable) => (source[variable] ?? '') !== '');
  const names = given.flatMap((variable) => nameInFamily(family, variable) ?? []);
  return Object.fromEntries([...new Set(names)].sort().map((name) => [name, memberOf(family, name, read)]));
}

function memberOf<Members extends Readonly<Record<string, Variable<unknown>>>>(
  { prefix, members }: VariableFamily<Members>,
  name: string,
  read: (name: string, variable: Variable<unknown>) => unknown,
): FamilyMember<Members> {
  return Object.fromEntries(
    Object.entries(members).map(([suffix, variable]) => [
      suffix,
      read(`${prefix}${name}${suffix}`, variable),
    ]),
  ) as FamilyMember<Members>;
}
