import { Worker } from 'node:worker_threads';

/** Runs in a thread of its own: what the test does meanwhile must not count as the server's time. */
const PROBE = `
const { parentPort, workerData } = require('node:worker_threads');
const probes = [];
let running = true;
parentPort.once('message', () => { running = false; });
(async () => {
  while (running) {
    const at = performance.now();
    const status = await fetch(workerData.url).then((answer) => answer.text().then(() => answer.status), () => 0);
    probes.push({ status, took: performance.now() - at });
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  parentPort.postMessage(probes);
})();
`;

export interface Probe {
  readonly status: number;
  readonly took: number;
}

/** Asks one address again and again; call what it returns to stop, and for the answers. */
export function probe(url: string): () => Promise<Probe[]> {
  const worker = new Worker(PROBE, { eval: true, workerData: { url } });
  return async () => {
    const probes = new Promise<Probe[]>((resolve, reject) => {
      worker.once('message', resolve);
      worker.once('error', reject);
    });
    worker.postMessage('stop');
    const result = await probes;
    await worker.terminate();
    return result;
  };
}
