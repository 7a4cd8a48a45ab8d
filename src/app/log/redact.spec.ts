import { randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { redact, redactDeep } from './redact.js';

const TOKEN = randomBytes(32).toString('base64url');
const JWT = `eyJhbGciOiJFUzI1NiJ9.${TOKEN}.${TOKEN}`;

describe(redact.name, () => {
  it.each([
    [`an opaque token ${TOKEN}`, TOKEN],
    [`https://app.example.com/verify?token=${TOKEN}&x=1`, TOKEN],
    [`https://app.example.com/verify/${TOKEN}`, TOKEN],
    [`It ends with ${TOKEN}.`, TOKEN],
    [`a JWT ${JWT}, and more`, JWT],
    [`Authorization: Bearer ${TOKEN}`, TOKEN],
    ['authorization: "Bearer short"', 'short'],
    ['Basic dXNlcjpwYXNz', 'dXNlcjpwYXNz'],
    ['connect to postgres://ada:hunter22@db:5432/app failed', 'hunter22'],
    ['smtps://key:pa:ss@mail.example.com', 'pa:ss'],
    ['{"email":"a@example.com","password":"a gatehouse of 7 towers"}', 'gatehouse'],
    ['{"new_password":"with \\"quotes\\" and 7 towers"}', 'towers'],
    ["{ password: 'hunter22' }", 'hunter22'],
    ['refresh_token=abc', 'abc'],
    ['client_secret=s3cret&grant_type=x', 's3cret'],
    ['Set-Cookie: __Host-castellan_access=abc', 'abc'],
    ['stored $2b$10$abcdefghijklmnopqrstuv', 'abcdefghij'],
    ['stored $bcrypt-sha256$v=2,t=2b,r=10$salt$hash', 'salt'],
    ['stored $argon2id$v=19$m=19456,t=2,p=1$salt$hash', 'salt'],
  ])('hides the secret of: %s', (text, secret) => {
    expect(redact(text)).not.toContain(secret);
    expect(redact(text)).toContain('[redacted]');
  });

  it.each([
    'core.invalid_token (AuthError) in request 01890a5d-ac96-774b-bcce-b302099a8057',
    'at LoginService.login (/app/dist/modules/core/login/login.service.js:43:17)',
    'at file:///app/node_modules/@nestjs/core/router/router-execution-context-with-a-very-long-name.js:12:3',
    'Message 01a1fd86-30ab-74bb-bc44-123908b17cf5 (mail) will be tried again in 2000 ms: connect ECONNREFUSED 127.0.0.1:25',
    'This process answers at http://localhost:3000, token_type Bearer',
  ])('leaves alone: %s', (text) => expect(redact(text)).toBe(text));
});

describe(redactDeep.name, () => {
  it('reaches into objects, lists and errors', () => {
    const hidden = redactDeep({
      password: 'hunter22',
      nested: [{ access_token: 'abc', note: `see ${TOKEN}` }],
      failure: new Error(`refused Bearer ${TOKEN}`),
      at: new Date(0),
      count: 3,
    });
    expect(JSON.stringify(hidden)).not.toMatch(new RegExp(`hunter22|abc|${TOKEN}`));
    expect(hidden).toMatchObject({ count: 3, at: new Date(0), nested: [{ note: 'see [redacted]' }] });
  });
});
