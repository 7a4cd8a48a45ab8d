// Rewrites package.json for the image: what the standalone app loads are dependencies then, and `npm prune` removes the rest.
import { readFileSync, writeFileSync } from 'node:fs';

/** Peers that only a host or its tests load. */
const HOSTS_ALONE = ['@jest/globals', '@nestjs/passport', '@nestjs/testing', 'passport'];
/** What Swagger UI is served with on Fastify. */
const ALSO = ['@fastify/static'];

const manifest = JSON.parse(readFileSync('package.json', 'utf8'));
const { name, version, license, type, engines, overrides } = manifest;
const peers = Object.keys(manifest.peerDependencies).filter((peer) => !HOSTS_ALONE.includes(peer));
const dependencies = { ...manifest.dependencies };
for (const peer of [...peers, ...ALSO]) dependencies[peer] = manifest.devDependencies[peer];
delete overrides['openapi-typescript'];
const runtime = { name, version, private: true, license, type, engines, dependencies, overrides };
writeFileSync('package.json', `${JSON.stringify(runtime, null, 2)}\n`);
