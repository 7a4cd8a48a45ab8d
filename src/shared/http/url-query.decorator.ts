import { createParamDecorator, type ExecutionContext, type Type } from '@nestjs/common';
import { ApiQuery } from '@nestjs/swagger';
import type { HttpRequest } from './request.js';
import { CastellanValidationPipe } from './validation.pipe.js';

const pipe = new CastellanValidationPipe();

const RawQuery = createParamDecorator(
  (_data: unknown, context: ExecutionContext) => context.switchToHttp().getRequest<HttpRequest & { query?: unknown }>().query ?? {},
);

/** The query string, validated as `dto`; as `JsonBody`, out of reach of a host's global pipe. */
export function UrlQuery(dto: Type<object>): ParameterDecorator {
  const validate = { transform: (value: unknown) => pipe.transform(value, { type: 'query', metatype: dto }) };
  return (target, key, index) => {
    RawQuery(validate)(target, key, index);
    if (key === undefined) return;
    const handler = Object.getOwnPropertyDescriptor(target, key);
    if (handler) ApiQuery({ type: dto })(target, key, handler);
  };
}
