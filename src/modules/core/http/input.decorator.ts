import { createParamDecorator, type ExecutionContext, type PipeTransform, type Type } from '@nestjs/common';
import { ApiBody } from '@nestjs/swagger';
import { CastellanValidationPipe } from '../../../shared/http/validation.pipe.js';
import { ApiQueryFields } from './api-query-fields.js';
import { requestOf } from './execution-request.js';

type Source = 'body' | 'query';

/** Validates by our pipe alone, whatever the parameter is called towards other pipes. */
class InputPipe implements PipeTransform {
  private static readonly pipe = new CastellanValidationPipe();

  constructor(
    private readonly type: Source,
    private readonly metatype: Type,
  ) {}

  transform(value: unknown): Promise<unknown> {
    return InputPipe.pipe.transform(value, {
      type: this.type,
      metatype: this.metatype,
    });
  }
}

const read = createParamDecorator((source: Source, context: ExecutionContext): unknown => {
  const request: object = requestOf(context);
  return Reflect.get(request, source);
});

/**
 * The body as the DTO that the parameter is declared as. In place of Nest's `@Body()`: a global pipe of a host runs before ours, and would validate our
 * DTOs by its rules and refuse in its form. A parameter of a decorator of one's own (`custom`) is left alone by every ValidationPipe.
 */
export const BodyInput = ({ required = true }: BodyInputOptions = {}): ParameterDecorator =>
  input('body', required);

export interface BodyInputOptions {
  /** Whether the OpenAPI document asks for a body. Without one the DTO is empty. @default true */
  readonly required?: boolean;
}

/** The same for the query string. */
export const QueryInput = (): ParameterDecorator => input('query', true);

function input(source: Source, required: boolean): ParameterDecorator {
  return (target, key, index) => {
    if (key === undefined) return;
    const types = Reflect.getMetadata('design:paramtypes', target, key) as readonly Type[];
    const dto = types[index];
    const descriptor = Object.getOwnPropertyDescriptor(target, key);
    if (!dto || !descriptor) throw new Error(`${String(key)} declares no DTO at ${index}.`);
    read(source, new InputPipe(source, dto))(target, key, index);
    if (source === 'body') ApiBody({ type: dto, required })(target, key, descriptor);
    else ApiQueryFields(dto)(target, key, descriptor);
  };
}
