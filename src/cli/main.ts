#!/usr/bin/env node
import 'reflect-metadata';
import { run } from './run.js';
import { Terminal } from './terminal.js';

// Stdout is for answers alone: what an application prints while it is open, its log and its previews of mail, goes to stderr.
const write = process.stdout.write.bind(process.stdout);
const answers = Object.create(process.stdout, { write: { value: write } }) as typeof process.stdout;
process.stdout.write = process.stderr.write.bind(process.stderr);

const code = await run(process.argv.slice(2), new Terminal(answers, process.stderr, process.stdin));
// A host may have left something open that would keep the process.
process.exit(code);
