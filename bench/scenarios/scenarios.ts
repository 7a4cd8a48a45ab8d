import { login } from './login.js';
import { loginStubbed } from './login-stubbed.js';
import { refresh } from './refresh.js';
import type { Scenario } from './scenario.js';
import { sessionCheck } from './session-check.js';

export const SCENARIOS: readonly Scenario[] = [
  login,
  loginStubbed,
  sessionCheck('express'),
  sessionCheck('fastify'),
  refresh,
];
