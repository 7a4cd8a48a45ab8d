import 'reflect-metadata';
import { describe, expect, it } from '@jest/globals';
import { getMetadataStorage } from 'class-validator';
import * as castellan from '../src/index.js';

interface Rule {
  readonly target: unknown;
  readonly propertyName: string;
  readonly name?: string;
}

/** Every rule of class-validator in a class of the OpenAPI document. Specs that ran before in this process have classes of their own. */
function rules(): Rule[] {
  const storage = getMetadataStorage() as unknown as { validationMetadatas: Map<unknown, Rule[]> };
  return [...storage.validationMetadatas.values()]
    .flat()
    .filter(({ target }) => Reflect.hasMetadata('swagger/apiModelPropertiesArray', prototypeOf(target)));
}

function prototypeOf(target: unknown): object {
  return (target as { readonly prototype: object }).prototype;
}

/** What the OpenAPI document says of a field. */
function documented({ target, propertyName }: Rule): { readonly nullable?: boolean } {
  return (Reflect.getMetadata('swagger/apiModelProperties', prototypeOf(target), propertyName) ??
    {}) as object;
}

describe('null', () => {
  it('is let in by no field that is not documented to be null at times: @IfGiven() is for those that may be left out', () => {
    expect(Object.keys(castellan)).not.toEqual([]);
    const optional = rules().filter(({ name }) => name === 'isOptional');
    expect(optional.length).toBeGreaterThan(5);
    const open = optional.filter((rule) => documented(rule).nullable !== true);
    expect(
      open.map(({ target, propertyName }) => `${(target as { name: string }).name}.${propertyName}`),
    ).toEqual([]);
  });
});
