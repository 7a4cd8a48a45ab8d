import type { MessageContent, MessageContext } from './message-content.js';

/** Renders a message as plain text. */
export function renderText(content: MessageContent, context: MessageContext): string {
  const parts = [...content.paragraphs];
  if (content.action) parts.push(`${content.action.label}:\n${content.action.url}`);
  if (content.code) parts.push(`Code: ${content.code}`);
  parts.push(...(content.notes ?? []), `-- \n${context.serviceName}`);
  return `${parts.join('\n\n')}\n`;
}

/** Renders a message as HTML that reads well in a screen reader, in the dark, and with images and styles switched off. */
export function renderHtml(content: MessageContent, context: MessageContext): string {
  const body = content.paragraphs.map((text) => `<p style="${PARAGRAPH}">${escapeHtml(text)}</p>`);
  if (content.action) {
    const url = escapeHtml(content.action.url);
    body.push(
      `<p style="${PARAGRAPH}"><a href="${url}" style="${BUTTON}">${escapeHtml(content.action.label)}</a></p>`,
      `<p style="${SMALL}">If the button does not work, open this address:<br><a href="${url}" style="color:#1d4ed8;word-break:break-all">${url}</a></p>`,
    );
  }
  if (content.code) body.push(`<p style="${CODE}">${escapeHtml(content.code)}</p>`);
  body.push(...(content.notes ?? []).map((text) => `<p style="${SMALL}">${escapeHtml(text)}</p>`));
  return `<!doctype html>
<html lang="${escapeHtml(context.locale)}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escapeHtml(content.subject)}</title></head>
<body style="margin:0;padding:24px;background:#f3f4f6;font-family:system-ui,sans-serif">
<div role="article" aria-label="${escapeHtml(content.subject)}" style="max-width:560px;margin:0 auto;padding:32px;background:#fff;border-radius:8px;color:#111827">
<h1 style="font-size:20px;margin:0 0 16px">${escapeHtml(content.subject)}</h1>
${body.join('\n')}
<p style="${SMALL};border-top:1px solid #e5e7eb;padding-top:16px">${escapeHtml(context.serviceName)}</p>
</div>
</body>
</html>
`;
}

const PARAGRAPH = 'font-size:16px;line-height:1.5;margin:0 0 16px';
const SMALL = 'font-size:14px;line-height:1.5;margin:16px 0 0;color:#4b5563';
const CODE = 'font-size:32px;letter-spacing:6px;font-family:ui-monospace,monospace;margin:0 0 16px';
const BUTTON =
  'display:inline-block;padding:12px 20px;background:#1d4ed8;color:#fff;border-radius:6px;text-decoration:none;font-weight:600';

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
