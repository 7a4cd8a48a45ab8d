import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import QRCode from 'qrcode';
import { signUpAndLogIn } from '../support/accounts.js';
import { describeInChromium, launchChromium } from '../support/chromium.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

const SLOW = 60_000;

describeInChromium('The QR code of an authenticator app, in a browser', () => {
  let browser: Browser;
  let app: TestApp;

  beforeAll(async () => {
    app = await startTestApp();
    browser = await launchChromium();
  }, SLOW);

  afterAll(async () => {
    await browser?.close();
    await app?.close();
  }, SLOW);

  it(
    'shows the URL beside it',
    async () => {
      const { access: token } = await signUpAndLogIn(app);
      const { body } = await app.api.post('/two-factor/totp/enrol', {}, { token });
      const { modules } = QRCode.create(String(body['otpauth_url']), { errorCorrectionLevel: 'M' });
      const page = await browser.newPage();
      await page.setContent(`<img src="${String(body['qr_code'])}">`);
      /** Dark and light, as a camera sees them: the middle of each module, inside the quiet zone of four. */
      const seen: unknown = await page.evaluate(`(async () => {
        const image = document.querySelector('img');
        await image.decode();
        const canvas = new OffscreenCanvas(image.naturalWidth, image.naturalHeight);
        const context = canvas.getContext('2d');
        context.drawImage(image, 0, 0);
        const scale = image.naturalWidth / (${modules.size} + 8);
        const dark = (x, y) => context.getImageData((x + 4.5) * scale, (y + 4.5) * scale, 1, 1).data[0] < 128;
        return Array.from({ length: ${modules.size} }, (_, y) =>
          Array.from({ length: ${modules.size} }, (_, x) => (dark(x, y) ? '#' : '.')).join(''));
      })()`);
      const expected = Array.from({ length: modules.size }, (_, y) =>
        Array.from({ length: modules.size }, (_, x) => (modules.get(y, x) ? '#' : '.')).join(''),
      );
      expect(seen).toEqual(expected);
    },
    SLOW,
  );
});
