import type { InMemoryMailSender, InMemorySmsSender } from '../../modules/core/index.js';

/** Renders what has been sent, newest first. Messages stand in sandboxed frames: nothing of theirs runs here. */
export function renderPreview(
  mail: InMemoryMailSender['messages'],
  sms: InMemorySmsSender['messages'],
): string {
  const letters = [...mail].reverse().map(
    (message) => `<article>
<h2>${escapeHtml(message.subject)}</h2>
<p>to <strong>${escapeHtml(message.to)}</strong> · ${message.sentAt.toISOString()} · <a href="/mail/${encodeURIComponent(message.id)}" target="_blank">open</a></p>
<pre>${withLinks(escapeHtml(message.text))}</pre>
</article>`,
  );
  const texts = [...sms].reverse().map(
    (message) => `<article>
<h2>Text message</h2>
<p>to <strong>${escapeHtml(message.to)}</strong> · ${message.sentAt.toISOString()}</p>
<pre>${withLinks(escapeHtml(message.text))}</pre>
</article>`,
  );
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Mail preview</title>
<style>
body{font-family:system-ui,sans-serif;max-width:760px;margin:2rem auto;padding:0 1rem;color:#111827;background:#f9fafb}
article{background:#fff;border:1px solid #e5e7eb;border-radius:8px;padding:1rem 1.25rem;margin:1rem 0}
h2{font-size:1.1rem;margin:0}pre{white-space:pre-wrap;overflow-wrap:anywhere;font-size:.9rem}
</style></head>
<body>
<h1>Mail preview</h1>
<p>What would have left by mail and text message, newest first. Reload for more; as JSON at <a href="/mail/messages">/mail/messages</a>.</p>
${[...letters, ...texts].join('\n') || '<p>Nothing has been sent yet.</p>'}
</body>
</html>
`;
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

function withLinks(escaped: string): string {
  return escaped.replace(/https?:\/\/[^\s]+/g, (url) => `<a href="${url}">${url}</a>`);
}
