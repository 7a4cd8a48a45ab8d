import { TypeOrmModule } from '@nestjs/typeorm';
import {
  CASTELLAN_ENTITIES,
  castellanMigrations,
  createDataSourceOptions,
  createEmbeddedDatabase,
  SmtpMailSender,
  Storage,
  typeormStorage,
} from 'castellan';
import { admin } from 'castellan/admin';
import { audit } from 'castellan/audit';
import { invitation } from 'castellan/invitation';
import { magicLink } from 'castellan/magic-link';
import { metrics, MetricsService } from 'castellan/metrics';
import { oauth } from 'castellan/oauth';
import { organization, OrganizationRoute } from 'castellan/organization';
import { rbac } from 'castellan/rbac';
import { stateless } from 'castellan/stateless';
import { twoFactor } from 'castellan/two-factor';
import { createHost, useHost } from './app.js';

async function main(): Promise<void> {
  const embedded = await createEmbeddedDatabase();
  const dataSource = createDataSourceOptions({ embedded, entities: CASTELLAN_ENTITIES });
  const app = await createHost({
    modules: [
      ...[stateless(), twoFactor(), oauth(), magicLink(), rbac(), organization(), invitation()],
      ...[audit({ organizationAccess: OrganizationRoute('audit:read') }), admin(), metrics()],
    ],
    storage: typeormStorage({ migrations: castellanMigrations() }),
    imports: [TypeOrmModule.forRoot({ ...dataSource, retryAttempts: 0 })],
    mailSender: new SmtpMailSender({ url: 'smtp://127.0.0.1:1', from: 'a@example.com' }),
  });
  await app.get(Storage, { strict: false }).migrate();
  await useHost(app, async () => {
    const { text } = await app.get(MetricsService, { strict: false }).page();
    if (!text.includes('castellan_logins_total')) throw new Error(`The metrics are ${text}.`);
  });
  await embedded.close();
  console.log('with optional packages: every module starts, on the embedded database');
}

void main();
