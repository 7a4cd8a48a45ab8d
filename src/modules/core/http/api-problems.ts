import { applyDecorators } from '@nestjs/common';
import {
  ApiExtraModels,
  ApiProperty,
  ApiPropertyOptional,
  ApiResponse,
  getSchemaPath,
} from '@nestjs/swagger';
import type { ErrorDefinition } from '../../../shared/errors/auth-error.js';
import { PROBLEM_MEDIA_TYPE } from '../../../shared/errors/problem.js';

/** One field that failed the validation. */
export class ProblemField {
  @ApiProperty({ example: 'email', description: 'Dotted path; empty where the whole value is meant.' })
  field!: string;

  @ApiProperty({ example: 'is_string' })
  code!: string;

  @ApiProperty({ example: 'email must be a string' })
  message!: string;
}

/** RFC 9457. */
export class Problem {
  @ApiProperty({ example: 'urn:castellan:error:core.unauthenticated' })
  type!: string;

  @ApiProperty({ example: 'Authentication is required' })
  title!: string;

  @ApiProperty({ type: 'integer', example: 401 })
  status!: number;

  @ApiPropertyOptional({ example: 'Give exactly one of identifier, email, username and phone_number.' })
  detail?: string;

  @ApiPropertyOptional({
    example: 'urn:uuid:01890a5d-ac96-774b-bcce-b302099a8057',
    description: 'The id of the request.',
  })
  instance?: string;

  @ApiProperty({ example: 'core.unauthenticated', description: 'Stable; clients switch on it.' })
  code!: string;

  @ApiPropertyOptional({ type: [ProblemField] })
  errors?: ProblemField[];
}

const DOCUMENTED = 'castellan:problems';

/** Documents the errors that a route answers, by status; several of these on one class or method add up. */
export function ApiProblems(...definitions: readonly ErrorDefinition[]): MethodDecorator & ClassDecorator {
  return (target: object, key?: string | symbol, descriptor?: PropertyDescriptor) => {
    const method: unknown = descriptor?.value;
    const holder = typeof method === 'function' ? method : target;
    const earlier = readDefinitions(holder);
    const all = [
      ...new Map([...earlier, ...definitions].map((definition) => [definition.code, definition])).values(),
    ];
    Reflect.defineMetadata(DOCUMENTED, all, holder);
    const statuses = new Set(definitions.map(({ status }) => status));
    const responses = [...statuses].map((status) =>
      problemResponse(
        status,
        all.filter((definition) => definition.status === status),
      ),
    );
    const decorate = applyDecorators(ApiExtraModels(Problem, ProblemField), ...responses);
    if (key !== undefined && descriptor) decorate(target, key, descriptor);
    else if (typeof target === 'function') decorate(target);
  };
}

/** Problems that modules bring which this one does not know. */
export function ApiModuleProblems(status: number, description: string): MethodDecorator & ClassDecorator {
  return applyDecorators(
    ApiExtraModels(Problem, ProblemField),
    ApiResponse({
      status,
      description,
      content: { [PROBLEM_MEDIA_TYPE]: { schema: { $ref: getSchemaPath(Problem) } } },
    }),
  );
}

function problemResponse(
  status: number,
  definitions: readonly ErrorDefinition[],
): MethodDecorator & ClassDecorator {
  return ApiResponse({
    status,
    description: definitions.map(({ code, title }) => `\`${code}\`: ${title}`).join('\n\n'),
    content: { [PROBLEM_MEDIA_TYPE]: { schema: { $ref: getSchemaPath(Problem) } } },
  });
}

function readDefinitions(holder: object): readonly ErrorDefinition[] {
  const definitions = Reflect.getOwnMetadata(DOCUMENTED, holder) as readonly ErrorDefinition[] | undefined;
  return definitions ?? [];
}
