import type { Type } from '@nestjs/common';

/** Where @nestjs/swagger keeps what `@ApiProperty()` and `@ApiQuery()` say; it exports no names for them. */
const PROPERTIES = 'swagger/apiModelProperties';
const PROPERTY_NAMES = 'swagger/apiModelPropertiesArray';
const PARAMETERS = 'swagger/apiParameters';

/**
 * Documents each field of the DTO as a parameter of the query, as `@Query()` would. `@ApiQuery({ type: dto })` does the same but drops `enum`.
 */
export function ApiQueryFields(dto: Type): MethodDecorator {
  return (_target, _key, descriptor: PropertyDescriptor) => {
    const handler = descriptor.value as object;
    const known = (Reflect.getMetadata(PARAMETERS, handler) ?? []) as readonly object[];
    Reflect.defineMetadata(PARAMETERS, [...known, ...fieldsOf(dto)], handler);
  };
}

function fieldsOf({ prototype }: Type): object[] {
  const names = (Reflect.getMetadata(PROPERTY_NAMES, prototype as object) ?? []) as readonly string[];
  // Each with a colon before it.
  return names
    .map((name) => name.slice(1))
    .map((name) => ({ ...propertyOf(prototype as object, name), name, in: 'query' }));
}

function propertyOf(prototype: object, name: string): object {
  return (Reflect.getMetadata(PROPERTIES, prototype, name) ?? {}) as object;
}
