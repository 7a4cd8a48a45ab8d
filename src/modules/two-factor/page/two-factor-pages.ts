import { Injectable } from '@nestjs/common';
import { DefinesPages, type OwnPage, PageDefinitions } from '../../core/index.js';
import { TWO_FACTOR } from '../challenge/two-factor.gate.js';
import { TWO_FACTOR_SCRIPT } from './two-factor-script.js';

/** The second step of a sign-in in a browser, where another bundled page took the first and cookies carry tokens. */
const page: OwnPage = {
  title: 'One more proof',
  completes: TWO_FACTOR,
  images: true,
  script: TWO_FACTOR_SCRIPT,
  content: `<noscript><p>This page needs JavaScript.</p></noscript>
<section id="enrol" hidden>
<p id="intro">Your account needs a second factor. Scan this with an authenticator app, then enter the code that the app shows.</p>
<img id="qr" alt="QR code for an authenticator app">
<p>Or type this key into the app: <code id="secret"></code></p>
</section>
<form method="post" hidden>
<fieldset id="methods"><legend>How do you want to prove that it is you?</legend>
<label class="choice"><input type="radio" name="method" value="totp" hidden> Code of an authenticator app</label>
<label class="choice"><input type="radio" name="method" value="sms" hidden> Text message</label>
<label class="choice"><input type="radio" name="method" value="email" hidden> Email</label>
<label class="choice"><input type="radio" name="method" value="backup_code" hidden> Backup code</label>
</fieldset>
<div id="sending"><button type="button" id="send">Send a code</button>
<p id="sent" role="status"></p></div>
<label for="code">Code</label>
<input id="code" name="code" type="text" autocomplete="one-time-code" autocapitalize="characters" spellcheck="false" maxlength="40" required>
<p><label class="choice"><input type="checkbox" name="trust_device"> Do not ask again on this device for some time</label></p>
<button type="submit">Continue</button>
</form>
<p role="alert"></p>
<section id="backup" tabindex="-1" aria-labelledby="backup-title" hidden>
<h2 id="backup-title">Your backup codes</h2>
<p>Each signs you in once, should you lose the app. They are shown this once: keep them in a safe place.</p>
<ul></ul>
<button type="button" id="kept">I have kept them</button>
</section>
<p id="done" role="status" tabindex="-1" hidden>You are signed in.</p>`,
};

@DefinesPages({ order: 10 })
@Injectable()
export class TwoFactorPages extends PageDefinitions {
  override readonly pages = { 'two-factor': page };
}
