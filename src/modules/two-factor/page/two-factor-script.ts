import { CHALLENGE_ITEM } from '../../core/index.js';

/**
 * Completes the challenge that another page left in `sessionStorage`. Tokens come as cookies, which it never sees; secrets and backup codes are shown and
 * kept nowhere.
 */
export const TWO_FACTOR_SCRIPT = `
'use strict';
(() => {
  const at = (id) => document.getElementById(id);
  const form = document.querySelector('form');
  const alert = document.querySelector('[role=alert]');
  const choices = [...form.querySelectorAll('[name=method]')];
  const submit = form.querySelector('[type=submit]');
  const { code, trust_device: trust } = form.elements;
  const opened = JSON.parse(sessionStorage.getItem('${CHALLENGE_ITEM}'));
  const challenge = opened && opened.challenge.challenges.find(({ type }) => type === 'two_factor');
  const enrolling = challenge && challenge.methods.length === 0;
  const method = () => (choices.find(({ checked }) => checked) || {}).value;

  const refuse = (message, input = code) => {
    alert.textContent = message;
    input.setAttribute('aria-invalid', 'true');
    input.focus();
  };

  const post = async (path, body) => {
    const response = await fetch('../two-factor/challenge/' + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json' },
      credentials: 'same-origin',
      referrerPolicy: 'no-referrer',
      body: JSON.stringify({ challenge_token: opened.challenge.challenge_token, ...body }),
    });
    const answer = await response.json();
    if (response.ok) return answer;
    if (answer.code === 'core.challenge_invalid') {
      sessionStorage.removeItem('${CHALLENGE_ITEM}');
      form.hidden = at('enrol').hidden = true;
      alert.textContent = 'This sign-in has expired or is over. Begin again where you began it.';
      return null;
    }
    const wait = Number(response.headers.get('retry-after'));
    refuse(answer.title + (wait ? ' Try again in ' + (wait < 120 ? wait + ' seconds.' : Math.ceil(wait / 60) + ' minutes.') : ''));
    return null;
  };

  const guarded = (button, work) => async (event) => {
    event.preventDefault();
    alert.textContent = '';
    code.removeAttribute('aria-invalid');
    button.disabled = true;
    try {
      await work();
    } catch {
      refuse('The server could not be reached. Try again.');
    } finally {
      button.disabled = false;
    }
  };

  const leave = () => {
    if (opened.redirect_to) return location.replace(opened.redirect_to);
    at('backup').hidden = true;
    at('done').hidden = false;
    at('done').focus();
  };

  const finish = (answer) => {
    sessionStorage.removeItem('${CHALLENGE_ITEM}');
    form.hidden = at('enrol').hidden = true;
    if (answer.status !== 'authenticated') {
      alert.textContent = 'Your account asks for a proof that this page cannot take. Sign in where you began.';
      return;
    }
    if (!answer.backup_codes) return leave();
    for (const text of answer.backup_codes) {
      const item = document.createElement('li');
      item.append(Object.assign(document.createElement('code'), { textContent: text }));
      at('backup').querySelector('ul').append(item);
    }
    at('backup').hidden = false;
    at('backup').focus();
  };

  const choose = () => {
    at('sending').hidden = !['sms', 'email'].includes(method());
    at('sent').textContent = '';
    code.inputMode = method() === 'backup_code' ? 'text' : 'numeric';
  };

  const enrol = async () => {
    const app = await post('totp/enrol', {});
    if (!app) return;
    at('qr').src = app.qr_code;
    at('secret').textContent = app.secret;
    at('enrol').hidden = form.hidden = false;
  };

  form.addEventListener('submit', guarded(submit, async () => {
    const body = { code: code.value.trim(), trust_device: trust.checked };
    // Apps and messages show digits in groups.
    if (method() !== 'backup_code') body.code = body.code.replace(/\\s/g, '');
    const answer = await (enrolling ? post('totp/confirm', body) : post('verify', { method: method(), ...body }));
    if (answer) finish(answer);
  }));
  at('send').addEventListener('click', guarded(at('send'), async () => {
    const sent = await post('send', { method: method() });
    if (!sent) return;
    at('sent').textContent = 'A code is on its way to ' + sent.to + '.';
    code.focus();
  }));
  at('kept').addEventListener('click', leave);
  at('methods').addEventListener('change', choose);

  if (!challenge || (enrolling && !(challenge.enrol || []).includes('totp'))) {
    alert.textContent = 'This page belongs to a sign-in. Begin where you want to sign in.';
    return;
  }
  at('methods').hidden = challenge.methods.length < 2;
  for (const choice of choices) {
    const offered = challenge.methods.includes(choice.value);
    choice.hidden = choice.parentElement.hidden = !offered;
    choice.checked = choice.value === challenge.methods[0];
  }
  choose();
  if (enrolling) void guarded(submit, enrol)(new Event('submit'));
  else form.hidden = false;
})();
`;
