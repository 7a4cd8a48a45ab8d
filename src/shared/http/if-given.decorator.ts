import { ValidateIf } from 'class-validator';

/** The field may be left out. Unlike `@IsOptional()`, which is for fields that may be null, it lets no null pass. */
export function IfGiven(): PropertyDecorator {
  return ValidateIf((_object, value) => value !== undefined);
}
