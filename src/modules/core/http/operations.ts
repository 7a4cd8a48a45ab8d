import { applyDecorators, HttpCode, type Type } from '@nestjs/common';
import {
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  type ApiOperationOptions,
  ApiParam,
  type ApiParamOptions,
} from '@nestjs/swagger';
import { ApiPage } from '../../../shared/listing/api-page.js';

type Describe = (operation: ApiOperationOptions) => MethodDecorator;
type DescribeAnswer = (answer: Type<unknown>, operation: ApiOperationOptions) => MethodDecorator;

/** Descriptions of operations by what they answer. */
export interface Operations {
  /** 200 with a page of these. */
  readonly page: DescribeAnswer;
  readonly ok: DescribeAnswer;
  readonly created: DescribeAnswer;
  /** 204. */
  readonly noContent: Describe;
}

/** Describes the operations of a path with these parameters, each in one decorator; the errors are said beside it. */
export function operationsOf(...params: readonly ApiParamOptions[]): Operations {
  // Applied in the order of a stack of decorators: the lowest first.
  const describe = (operation: ApiOperationOptions, ...answer: MethodDecorator[]): MethodDecorator =>
    applyDecorators(...answer, ...params.map((param) => ApiParam(param)).reverse(), ApiOperation(operation));
  return {
    page: (item, operation) => describe(operation, ApiPage(item)),
    ok: (type, operation) => describe(operation, ApiOkResponse({ type })),
    created: (type, operation) => describe(operation, ApiCreatedResponse({ type })),
    noContent: (operation) => describe(operation, ApiNoContentResponse(), HttpCode(204)),
  };
}
