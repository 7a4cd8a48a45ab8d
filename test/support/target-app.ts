import { createServer } from 'node:http';

/** Fetches the answer of the sign-in, and shows whose it is. `EXCHANGE` is replaced. */
const PAGE = `<!doctype html>
<title>The app</title>
<p id="shown">Waiting</p>
<script>
const code = new URLSearchParams(location.search).get('magic_link_code');
fetch('EXCHANGE', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ code }) })
  .then((response) => response.json())
  .then((answer) => { document.getElementById('shown').textContent = answer.status + ' ' + (answer.user ? answer.user.email : answer.code); });
</script>`;

export interface TargetApp {
  readonly origin: string;
  /** Where Castellan answers, known only once it has started. */
  exchangeAt(url: string): void;
  close(): Promise<void>;
}

/** An app of another origin, which a redirect leads to. */
export async function startTargetApp(): Promise<TargetApp> {
  let exchange = '';
  const server = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
    response.end(PAGE.replace('EXCHANGE', exchange));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    origin: `http://127.0.0.1:${port}`,
    exchangeAt: (url) => void (exchange = url),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
