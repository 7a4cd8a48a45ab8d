import type { IncomingMessage, ServerResponse } from 'node:http';
import { LoopbackServer } from './loopback-server.js';

/**
 * The client: at `/` a link and a button for a popup, at `/signed-in` what a redirect brings. Either way it exchanges the code, and shows who has signed
 * in; what a script of it could see of the way there is in `window.heard`.
 */
const PAGE = `<!doctype html>
<title>The client</title>
<a id="link" href="BASE/oauth/PROVIDER/start?redirect_to=HERE/signed-in">Sign in</a>
<button id="popup">Sign in by a popup</button>
<p id="shown">Waiting</p>
<script>
const shown = document.getElementById('shown');
window.heard = [];
async function exchange(code) {
  const answer = await fetch('EXCHANGE', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ code }),
  });
  const body = await answer.json();
  shown.textContent = body.user ? 'Signed in as ' + body.user.email : 'Refused: ' + body.code;
}
addEventListener('message', (event) => {
  window.heard.push({ origin: event.origin, data: event.data });
  if (event.origin !== new URL('BASE').origin || event.data.type !== 'castellan:oauth') return;
  if (event.data.code) exchange(event.data.code);
  else shown.textContent = 'Refused: ' + event.data.error;
});
document.getElementById('popup').addEventListener('click', () => {
  window.open('BASE/oauth/PROVIDER/start?mode=popup&redirect_to=HERE/signed-in', 'castellan', 'width=500,height=600');
});
const query = new URLSearchParams(location.search);
history.replaceState(null, '', location.pathname);
if (query.get('code')) exchange(query.get('code'));
if (query.get('error')) shown.textContent = 'Refused: ' + query.get('error');
</script>`;

/** An application of another site that lets its users sign in. */
export class OAuthClientApp {
  private constructor(private readonly server: LoopbackServer) {}

  static async start(): Promise<OAuthClientApp> {
    return new OAuthClientApp(await LoopbackServer.start());
  }

  get origin(): string {
    return this.server.origin;
  }

  /**
   * @param base where Castellan answers, e.g. `http://localhost:4711/auth`
   * @param by who exchanges the code: the page, which needs CORS, or the client's own server
   */
  use(base: string, provider: string, by: 'page' | 'server'): void {
    const exchange = `${base}/oauth/exchange`;
    const page = PAGE.replaceAll('EXCHANGE', by === 'page' ? exchange : '/exchange')
      .replaceAll('BASE', base)
      .replaceAll('PROVIDER', provider)
      .replaceAll('HERE', this.origin);
    this.server.answerWith((request, response) => {
      if (request.method === 'POST') return void forward(request, exchange, response);
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
      response.end(page);
    });
  }

  close(): Promise<void> {
    return this.server.close();
  }
}

async function forward(request: IncomingMessage, url: string, response: ServerResponse): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(url, { method: 'POST', headers, body: Buffer.concat(chunks) });
  response.writeHead(answer.status, headers).end(await answer.text());
}
