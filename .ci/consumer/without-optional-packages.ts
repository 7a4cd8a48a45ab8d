import { createEmbeddedDatabase, PgBossJobScheduler, SmtpMailSender } from 'castellan';
import { admin } from 'castellan/admin';
import { audit } from 'castellan/audit';
import { invitation } from 'castellan/invitation';
import { magicLink } from 'castellan/magic-link';
import { metrics } from 'castellan/metrics';
import { oauth } from 'castellan/oauth';
import { organization } from 'castellan/organization';
import { rbac } from 'castellan/rbac';
import { session } from 'castellan/session';
import { twoFactor } from 'castellan/two-factor';
import { createHost, expectRefusal, type Parts, useHost } from './app.js';

async function main(): Promise<void> {
  const modules = [session(), magicLink(), rbac(), organization(), invitation(), audit(), admin()];
  await useHost(await createHost({ modules }));
  const start = (parts: Parts) => async () => (await createHost(parts)).init();
  await expectRefusal('npm install qrcode', start({ modules: [session(), twoFactor()] }));
  await expectRefusal('npm install openid-client', start({ modules: [session(), oauth()] }));
  await expectRefusal('npm install prom-client', start({ modules: [session(), metrics()] }));
  const mailSender = new SmtpMailSender({ url: 'smtp://127.0.0.1', from: 'a@example.com' });
  await expectRefusal('npm install nodemailer', start({ modules: [session()], mailSender }));
  const jobScheduler = new PgBossJobScheduler({ url: 'postgres://127.0.0.1/none' });
  await expectRefusal('npm install pg-boss', () => jobScheduler.start([]));
  await expectRefusal('npm install @electric-sql/pglite', () => createEmbeddedDatabase());
  console.log('without optional packages: what needs none starts, what needs one says which');
}

void main();
