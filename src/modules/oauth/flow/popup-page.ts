import { createHash } from 'node:crypto';

/** Hands the result over to the window that opened this one, if that is of the one origin which was asked for, and closes. */
const SCRIPT = `
'use strict';
(() => {
  const { message, origin } = document.getElementById('result').dataset;
  if (window.opener) window.opener.postMessage(JSON.parse(message), origin);
  window.close();
})();
`;

/** Nothing loads but the script above. */
export const POPUP_POLICY = [
  "default-src 'none'",
  `script-src 'sha256-${createHash('sha256').update(SCRIPT).digest('base64')}'`,
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** What the opener gets; `type` tells it from other messages. */
export interface PopupMessage {
  readonly type: 'castellan:oauth';
  readonly provider: string;
  /** To be exchanged by `POST oauth/exchange`. */
  readonly code?: string;
  /** The provider whose account has been linked. */
  readonly linked?: string;
  readonly error?: string;
  readonly error_description?: string;
}

export function popupPage(message: PopupMessage, origin: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="robots" content="noindex">
<title>Signing in</title>
</head>
<body>
<p id="result" data-origin="${escapeAttribute(origin)}" data-message="${escapeAttribute(JSON.stringify(message))}">You can close this window.</p>
<script>${SCRIPT}</script>
</body>
</html>
`;
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

function escapeAttribute(text: string): string {
  return text.replace(/[&<>"]/g, (character) => ENTITIES[character] ?? character);
}
