import type { Type } from '@nestjs/common';
import type { TokenMinter } from '../extension/token-minter.js';
import { loginController } from '../login/login.controller.js';
import { logoutController } from './logout.controller.js';
import { refreshController } from './refresh.controller.js';
import { sessionsController } from './sessions.controller.js';

/** The routes that both modes have, `login`, `refresh`, `logout` and `sessions`; each mode mounts its own set of classes. */
export function tokenControllers(mode: TokenMinter['mode']): Type<object>[] {
  return [loginController(mode), refreshController(mode), logoutController(mode), sessionsController(mode)];
}
