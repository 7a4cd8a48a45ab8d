import 'reflect-metadata';
import { Controller, Get, Injectable, Module } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import { afterEach, describe, expect, it } from '@jest/globals';
import { type Answer, createTestAuth, type TestAuth, type TestAuthOptions } from '../../../testing/index.js';
import {
  AdminBootstrap,
  Authenticated,
  ClaimsChanges,
  CurrentUser,
  type Principal,
  Public,
} from '../../core/index.js';
import { SYSTEM_CLIENT } from '../../../shared/http/client-info.js';
import { RoleAssignments } from '../assignment/role-assignments.js';
import {
  type Entitlement,
  EntitlementProvider,
  ProvidesEntitlements,
} from '../entitlement/entitlement-provider.js';
import { Entitlements } from '../entitlement/entitlements.js';
import { SYSTEM_GRANTOR } from '../permission/grantor.js';
import { rbac } from '../rbac.module.js';
import { RoleService } from '../role/role.service.js';
import { Authorities } from './authorities.js';
import { RequireEntitlement, RequirePermissions, Roles } from './access.decorators.js';

const PASSWORD = 'a gatehouse of 7 towers';

@Controller('host')
class HostController {
  @Get('ledger')
  @Roles('auditor', 'treasurer')
  ledger(@CurrentUser() principal: Principal): object {
    return { user: principal.userId, claims: principal.claims };
  }

  @Get('invoices')
  @Authenticated()
  @RequirePermissions('invoices:read', 'invoices:list')
  @Roles('auditor')
  invoices(): object {
    return {};
  }

  @Get('reports')
  @RequireEntitlement('reports')
  @Authenticated({ verifiedEmail: false })
  reports(): object {
    return {};
  }
}

@Roles('auditor')
@Controller('vault')
class VaultController {
  @Get()
  open(): object {
    return {};
  }

  @Get('everything')
  @RequirePermissions('vault:everything')
  everything(): object {
    return {};
  }

  @Get('door')
  @Public()
  door(): object {
    return {};
  }

  @Get('contradiction')
  @Public()
  @Roles('auditor')
  contradiction(): object {
    return {};
  }
}

@Injectable()
@ProvidesEntitlements({ order: 1 })
class Subscriptions extends EntitlementProvider {
  readonly plans = new Map<string, Entitlement[]>();
  failing = false;

  override entitlementsOf(userId: string): Entitlement[] {
    if (this.failing) throw new Error('billing is down');
    return this.plans.get(userId) ?? [];
  }
}

@Module({ controllers: [HostController, VaultController], providers: [Subscriptions] })
class HostModule {}

let auth: TestAuth | undefined;
afterEach(() => auth?.close());

async function start(options: TestAuthOptions = {}) {
  const started = await createTestAuth({ modules: [rbac()], imports: [HostModule], ...options });
  auth = started;
  const { app, api } = started;
  const roles = app.get(RoleService, { strict: false });
  const assignments = app.get(RoleAssignments, { strict: false });
  const { id: userId } = (await api.post('/signup', { email: 'ada@example.com', password: PASSWORD })).body
    .user;
  const login = async () => (await api.post('/login', { email: 'ada@example.com', password: PASSWORD })).body;
  const visit = async (path: string, token?: string): Promise<[number, unknown]> => {
    const response = await fetch(`${started.url}${path}`, {
      headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
    });
    const body = (await response.json()) as Record<string, unknown>;
    return [response.status, body['code'] ?? 'passed'];
  };
  const grant = async (slug: string, permissions: string[] = []) => {
    const role = await roles.create(null, { slug, name: slug, permissions }, SYSTEM_GRANTOR, SYSTEM_CLIENT);
    await assignments.assign(null, role.id, userId, SYSTEM_GRANTOR, SYSTEM_CLIENT);
    return role;
  };
  return { ...started, roles, assignments, userId, login, visit, grant };
}

const PASSED = [200, 'passed'];
const NEEDS_ROLE = [403, 'rbac.role_required'];
const NEEDS_PERMISSION = [403, 'rbac.permission_required'];

describe.each(['session', 'stateless'] as const)('guards on a host’s routes, %s mode', (mode) => {
  it('let those pass who have the role or the permissions, whatever else stands on the route', async () => {
    const { grant, login, visit } = await start({ mode });
    const { access_token: before } = await login();
    expect(await visit('/host/ledger', before)).toEqual(NEEDS_ROLE);
    await grant('auditor', ['invoices:*']);
    const { access_token: token } = await login();
    for (const path of ['/host/ledger', '/host/invoices', '/vault'])
      expect([path, await visit(path, token)]).toEqual([path, PASSED]);
    expect(await visit('/vault/everything', token)).toEqual(NEEDS_PERMISSION);
    for (const path of ['/host/ledger', '/host/invoices', '/host/reports', '/vault', '/vault/everything'])
      expect([path, await visit(path)]).toEqual([path, [401, 'core.unauthenticated']]);
  });

  it('open what is public, and nothing that is public and restricted at once', async () => {
    const { visit } = await start({ mode });
    expect(await visit('/vault/door')).toEqual(PASSED);
    expect(await visit('/vault/contradiction')).toEqual([401, 'core.unauthenticated']);
  });

  it('count a change at once, and sign nobody out', async () => {
    const { api, grant, login, visit, roles, assignments, userId } = await start({ mode });
    const session = await login();
    let { access_token: token, refresh_token: refresh } = session;
    // In stateless mode a token that is out of date is refused, and a refresh brings the next.
    const now = async (path: string) => {
      const [status] = await visit(path, token);
      expect(status === 401).toBe(mode === 'stateless');
      if (status === 401) {
        const answer = (await api.post('/refresh', { refresh_token: refresh })).body;
        expect(answer.session_id).toBe(session.session_id);
        ({ access_token: token, refresh_token: refresh } = answer);
      }
      return visit(path, token);
    };
    const role = await grant('auditor', ['invoices:read']);
    expect(await now('/host/ledger')).toEqual(PASSED);
    expect(await visit('/host/invoices', token)).toEqual(NEEDS_PERMISSION);
    await roles.update(null, role.id, { permissions: ['invoices:*'] }, SYSTEM_GRANTOR, SYSTEM_CLIENT);
    expect(await now('/host/invoices')).toEqual(PASSED);
    await assignments.revoke(null, role.id, userId, SYSTEM_GRANTOR, SYSTEM_CLIENT);
    expect(await now('/host/invoices')).toEqual(NEEDS_ROLE);
    await assignments.assign(null, role.id, userId, SYSTEM_GRANTOR, SYSTEM_CLIENT);
    expect(await now('/host/invoices')).toEqual(PASSED);
    await roles.delete(null, role.id, SYSTEM_GRANTOR, SYSTEM_CLIENT);
    expect(await now('/host/ledger')).toEqual(NEEDS_ROLE);
  });

  it('look in the store where a token has no room for what somebody holds', async () => {
    const { grant, login, visit, url } = await start({ mode });
    await grant('auditor', ['invoices:*']);
    for (const letter of ['b', 'c'])
      await grant(
        `r-${letter}`,
        Array.from({ length: 100 }, (_, n) => `${letter.repeat(20)}:${n}`),
      );
    const { access_token: token } = await login();
    expect(await visit('/host/invoices', token)).toEqual(PASSED);
    const shown = await fetch(`${url}/host/ledger`, { headers: { authorization: `Bearer ${token}` } });
    const { claims } = (await shown.json()) as { claims: object };
    expect(Object.keys(claims)).not.toContain('permissions');
    expect(token.length).toBeLessThan(1_500);
  });

  it('let a super admin pass', async () => {
    const { app, visit, api } = await start({ mode });
    const email = 'root@example.com';
    await app.get(AdminBootstrap, { strict: false }).createFirst(email, PASSWORD);
    const { access_token: token } = (await api.post('/login', { email, password: PASSWORD })).body;
    for (const path of ['/host/ledger', '/host/invoices', '/vault', '/vault/everything'])
      expect([path, await visit(path, token)]).toEqual([path, PASSED]);
    expect(await visit('/host/reports', token)).toEqual([403, 'rbac.entitlement_required']);
    expect((await api.get('/me/roles', { token })).body).toEqual({
      roles: ['super-admin'],
      permissions: ['*:*'],
    });
  });

  it('ask for entitlements, which change when the host says so', async () => {
    const { api, app, login, visit, userId } = await start({ mode });
    const subscriptions = app.get(Subscriptions, { strict: false });
    const { access_token: free } = await login();
    expect(await visit('/host/reports', free)).toEqual([403, 'rbac.entitlement_required']);
    subscriptions.plans.set(userId, [
      { name: 'reports', metadata: { seats: 5 }, source: 'plan' },
      { name: 'exports' },
    ]);
    await app.get(ClaimsChanges, { strict: false }).announce([userId]);
    const { access_token: token, refresh_token: refresh } = await login();
    expect(await visit('/host/reports', token)).toEqual(PASSED);
    expect((await api.get('/me/entitlements', { token })).body).toEqual({
      entitlements: [
        { name: 'exports', expires_at: null, source: null, metadata: null },
        { name: 'reports', expires_at: null, source: 'plan', metadata: { seats: 5 } },
      ],
    });
    subscriptions.failing = true;
    const answer: Answer = await api.get('/me/entitlements', { token });
    expect([answer.status, answer.body.code]).toEqual([503, 'core.unavailable']);
    const { access_token: refreshed } = (await api.post('/refresh', { refresh_token: refresh })).body;
    expect(await visit('/host/reports', refreshed)).toEqual(PASSED);
    const { access_token: unknown } = await login();
    expect(await visit('/host/reports', unknown)).toEqual([503, 'core.unavailable']);
    subscriptions.failing = false;
    expect(await visit('/host/reports', unknown)).toEqual(PASSED);
  });
});

describe(Entitlements.name, () => {
  it('count to their own end, whatever a token says', async () => {
    const { app, clock, login, visit, userId } = await start();
    const { plans } = app.get(Subscriptions, { strict: false });
    const inAMinute = new Date(clock.now().getTime() + 60_000);
    const ends = [{ expiresAt: inAMinute }, { revokedAt: inAMinute, expiresAt: null }];
    for (const end of ends) {
      plans.set(userId, [{ name: 'reports', ...end }]);
      const { access_token: token } = await login();
      expect(await visit('/host/reports', token)).toEqual(PASSED);
      clock.advance(60_000);
      expect(await visit('/host/reports', token)).toEqual([403, 'rbac.entitlement_required']);
      expect(await app.get(Entitlements, { strict: false }).of(userId)).toEqual([]);
      const { access_token: late } = await login();
      expect(await visit('/host/reports', late)).toEqual([403, 'rbac.entitlement_required']);
      clock.advance(-60_000);
    }
  });
});

describe(Authorities.name, () => {
  it('trust no third-party issuer’s word on roles', async () => {
    const { app, userId } = await start();
    const claims = { roles: ['super-admin'], permissions: ['*:*'], entitlements: ['reports'] };
    const principal: Principal = {
      kind: 'external',
      userId,
      sessionId: null,
      authenticatedAt: new Date(),
      methods: [],
      emailVerified: true,
      claims,
    };
    const { roles, permissions } = await app.get(Authorities, { strict: false }).of(principal);
    expect([roles, permissions.toArray()]).toEqual([[], []]);
    expect(await app.get(Entitlements, { strict: false }).namesOf(principal)).toEqual([]);
  });
});

describe('the OpenAPI document', () => {
  it('names the refusals, and the security once', async () => {
    const { app } = await start();
    const { paths } = SwaggerModule.createDocument(app, new DocumentBuilder().build());
    const { security, responses } = paths['/host/invoices']?.get ?? {};
    expect(security).toEqual([{ bearer: [] }, { cookie: [] }]);
    expect(Object.keys(responses ?? {})).toEqual(expect.arrayContaining(['401', '403']));
    expect(JSON.stringify(responses?.['403'])).toMatch(
      /rbac.role_required.*rbac.permission_required|rbac.permission_required.*rbac.role_required/s,
    );
  });
});

describe('decorators', () => {
  it('take nothing for a permission that is none', () => {
    expect(() => RequirePermissions('invoices')).toThrow(TypeError);
  });
});
