import { createHash } from 'node:crypto';

/** The one style of all pages. */
export const PAGE_STYLE = `
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { margin: 0; padding: 2rem 1rem; }
main { max-width: 26rem; margin: 0 auto; }
h1 { font-size: 1.5rem; }
label { display: block; margin-top: 1rem; font-weight: 600; }
input { box-sizing: border-box; width: 100%; margin-top: .25rem; padding: .625rem; font: inherit; border: 1px solid #767676; border-radius: .375rem; }
fieldset { margin: 1rem 0 0; padding: 0; border: 0; }
legend { padding: 0; font-weight: 600; }
label.choice { display: flex; align-items: baseline; gap: .5rem; font-weight: 400; }
label.choice input { width: auto; margin: 0; }
img { display: block; width: 12.5rem; height: 12.5rem; background: #fff; }
code { overflow-wrap: anywhere; font-size: 1.125rem; }
button { margin-top: 1.5rem; padding: .75rem 1.25rem; font: inherit; font-weight: 600; color: #fff; background: #1d4ed8; border: 0; border-radius: .375rem; cursor: pointer; }
button:disabled { opacity: .6; cursor: wait; }
:focus-visible { outline: 3px solid #1d4ed8; outline-offset: 2px; }
[role=alert] { margin-top: 1rem; padding-left: .75rem; border-left: 4px solid #b91c1c; }
[role=alert]:empty { display: none; }
[hidden] { display: none !important; }
`;

/**
 * Where a page leaves the answer that opened a challenge (`sessionStorage`) for the page that takes it: this tab's and this origin's alone, and in no
 * address.
 */
export const CHALLENGE_ITEM = 'castellan.challenge';

/**
 * The script of the pages that links lead to. The token comes from the fragment, which reaches neither servers nor logs, and leaves the address bar at once.
 */
export const PAGE_SCRIPT = `
'use strict';
(() => {
  const form = document.querySelector('form');
  const alert = document.querySelector('[role=alert]');
  const done = document.getElementById('done');
  const button = form.querySelector('button');
  const token = new URLSearchParams(location.hash.slice(1)).get('token');
  history.replaceState(null, '', location.pathname + location.search);

  const inputs = () => [...form.querySelectorAll('input')].filter((input) => !input.closest('[hidden]'));

  const refuse = (message, field) => {
    alert.textContent = message;
    const input = inputs().find(({ name }) => name === field) || inputs()[0] || button;
    for (const each of inputs()) each.removeAttribute('aria-invalid');
    if (input !== button) input.setAttribute('aria-invalid', 'true');
    input.focus();
  };

  const reveal = (code) => {
    for (const part of form.querySelectorAll('[data-shown-on]')) if (part.dataset.shownOn.split(' ').includes(code)) part.hidden = false;
  };

  const finish = (answer) => {
    form.hidden = true;
    if (answer.continue_at) {
      sessionStorage.setItem('${CHALLENGE_ITEM}', JSON.stringify(answer));
      return location.replace(answer.continue_at);
    }
    if (answer.redirect_to) return location.replace(answer.redirect_to);
    document.getElementById('intro').hidden = true;
    const outcomes = [...document.querySelectorAll('[data-outcome]')];
    const shown = outcomes.find(({ dataset }) => dataset.outcome === answer.status) || done;
    shown.hidden = false;
    shown.focus();
  };

  const submit = async () => {
    const body = { token };
    for (const input of inputs()) {
      if (!input.dataset.repeats) body[input.name] = input.value;
      else if (input.value !== form.elements[input.dataset.repeats].value) return refuse('The two passwords are not the same.', input.name);
    }
    const response = await fetch(form.dataset.endpoint, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json' },
      credentials: form.dataset.credentials,
      referrerPolicy: 'no-referrer',
      body: JSON.stringify(body),
    });
    if (response.ok) return finish(response.status === 204 ? {} : await response.json());
    const problem = await response.json();
    const [first] = problem.errors || [];
    reveal(problem.code);
    refuse([problem.title, first && first.message !== problem.title ? first.message : ''].join(' ').trim(), first && first.field);
  };

  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    alert.textContent = '';
    button.disabled = true;
    try {
      await submit();
    } catch {
      refuse('The server could not be reached. Try again.');
    } finally {
      button.disabled = false;
    }
  });

  if (token) form.hidden = false;
  else alert.textContent = 'This link is not complete. Open it again from the message that brought it.';
})();
`;

/** Nothing loads but the style and this script, and nothing is asked but this origin. `images`: those that stand in the page itself. */
export function pagePolicy(script: string, { images = false }: { readonly images?: boolean } = {}): string {
  return [
    "default-src 'none'",
    `script-src '${hashOf(script)}'`,
    `style-src '${hashOf(PAGE_STYLE)}'`,
    ...(images ? ['img-src data:'] : []),
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

/** Of the pages that links lead to. */
export const PAGE_POLICY = pagePolicy(PAGE_SCRIPT);

/** CSP level 3, section 2.3.1. */
function hashOf(source: string): string {
  return `sha256-${createHash('sha256').update(source).digest('base64')}`;
}
