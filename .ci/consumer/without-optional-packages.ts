import { createEmbeddedDatabase, PgBossJobScheduler, SmtpMailSender } from 'castellan';
import { magicLink } from 'castellan/magic-link';
import { oauth } from 'castellan/oauth';
import { organization } from 'castellan/organization';
import { rbac } from 'castellan/rbac';
import { session } from 'castellan/session';
import { twoFactor } from 'castellan/two-factor';
import { createHost, expectRefusal, type Parts, useHost } from './app.js';

async function main(): Promise<void> {
  await useHost(await createHost({ modules: [session(), magicLink(), rbac(), organization()] }));
  const start = (parts: Parts) => async () => (await createHost(parts)).init();
  await expectRefusal('npm install qrcode', start({ modules: [session(), twoFactor()] }));
  await expectRefusal('npm install openid-client', start({ modules: [session(), oauth()] }));
  const mailSender = new SmtpMailSender({ url: 'smtp://127.0.0.1', from: 'a@example.com' });
  await expectRefusal('npm install nodemailer', start({ modules: [session()], mailSender }));
  const jobScheduler = new PgBossJobScheduler({ url: 'postgres://127.0.0.1/none' });
  await expectRefusal('npm install pg-boss', () => jobScheduler.start([]));
  await expectRefusal('npm install @electric-sql/pglite', () => createEmbeddedDatabase());
  console.log('without optional packages: what needs none starts, what needs one says which');
}

void main();
