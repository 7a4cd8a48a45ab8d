import { PAGE_POLICY, PAGE_SCRIPT, PAGE_STYLE, pagePolicy } from './page-assets.js';
import type { AnyPage, OwnPage, PageContent, PageField } from './page-content.js';

/** What is served for a page. */
export interface RenderedPage {
  readonly html: string;
  /** Its `Content-Security-Policy`. */
  readonly policy: string;
}

/** The HTML of a page. `serviceName` is the host's; all else is our own. */
export function renderPage(page: AnyPage, serviceName: string): RenderedPage {
  return 'content' in page ? renderOwn(page, serviceName) : renderForm(page, serviceName);
}

function renderOwn({ title, content, script, images }: OwnPage, serviceName: string): RenderedPage {
  return { html: frame(title, serviceName, content, script), policy: pagePolicy(script, { images }) };
}

function renderForm(page: PageContent, serviceName: string): RenderedPage {
  const outcomes = Object.entries(page.outcomes ?? {}).map(
    ([status, text]) =>
      `<p data-outcome="${escapeHtml(status)}" role="status" tabindex="-1" hidden>${escapeHtml(text)}</p>`,
  );
  const content = `<p id="intro">${escapeHtml(page.intro)}</p>
<noscript><p>This page needs JavaScript. Without it, enter the code of the message where you signed up.</p></noscript>
<form method="post" data-endpoint="${escapeHtml(page.endpoint)}" data-credentials="${page.cookies ? 'same-origin' : 'omit'}" hidden>
${page.fields.map(renderField).join('\n')}
<button type="submit">${escapeHtml(page.action)}</button>
</form>
<p role="alert"></p>
<p id="done" role="status" tabindex="-1" hidden>${escapeHtml(page.done)}</p>
${outcomes.join('\n')}`;
  return { html: frame(page.title, serviceName, content, PAGE_SCRIPT), policy: PAGE_POLICY };
}

function frame(title: string, serviceName: string, content: string, script: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${escapeHtml(title)} – ${escapeHtml(serviceName)}</title>
<style>${PAGE_STYLE}</style>
</head>
<body>
<main>
<p>${escapeHtml(serviceName)}</p>
<h1>${escapeHtml(title)}</h1>
${content}
</main>
<script>${script}</script>
</body>
</html>
`;
}

function renderField({ name, label, type, autocomplete, shownOn, repeats }: PageField): string {
  const condition = shownOn === undefined ? '' : ` data-shown-on="${escapeHtml(shownOn.join(' '))}" hidden`;
  const repeated = repeats === undefined ? '' : ` data-repeats="${escapeHtml(repeats)}"`;
  // An input that is hidden must not be required, or the form could not be sent.
  const required = shownOn === undefined ? ' required' : '';
  return `<div${condition}><label for="${name}">${escapeHtml(label)}</label>
<input id="${name}" name="${name}" type="${type}" autocomplete="${autocomplete}"${repeated}${required}></div>`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}
