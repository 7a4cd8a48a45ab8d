import { login } from './login.js';
import { instances } from './instances.js';
import { listing } from './listing.js';
import { loginStubbed } from './login-stubbed.js';
import { logout } from './logout.js';
import { memory } from './memory.js';
import { organizationCheck } from './organization-check.js';
import { readiness } from './readiness.js';
import { refresh } from './refresh.js';
import type { Scenario } from './scenario.js';
import { sessionCheck } from './session-check.js';
import { signUp } from './sign-up.js';

export const SCENARIOS: readonly Scenario[] = [
  login,
  loginStubbed,
  sessionCheck('express'),
  sessionCheck('fastify'),
  refresh,
  signUp,
  logout,
  organizationCheck,
  instances,
  readiness,
  listing,
  memory,
];
