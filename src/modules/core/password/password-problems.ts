import { ApiProblems } from '../http/api-problems.js';
import { PasswordErrors } from './password.errors.js';

/** Documents why a new password is refused. */
export const ApiPasswordProblems = (): MethodDecorator & ClassDecorator =>
  ApiProblems(...Object.values(PasswordErrors));
