// The `exports` of package.json: the root, every module by its name, the client, the testing kit. `--check` fails where they differ, without it they are written.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';

const entry = (path) => ({ types: `./dist/${path}.d.ts`, default: `./dist/${path}.js` });
const modules = readdirSync('src/modules').filter((name) => existsSync(`src/modules/${name}/index.ts`));
const wanted = {
  '.': entry('index'),
  ...Object.fromEntries(modules.sort().map((name) => [`./${name}`, entry(`modules/${name}/index`)])),
  './client': entry('client/index'),
  './express': entry('express/index'),
  './testing': entry('testing/index'),
  './package.json': './package.json',
};

const manifest = JSON.parse(readFileSync('package.json', 'utf8'));
if (process.argv.includes('--check')) {
  if (JSON.stringify(manifest.exports) !== JSON.stringify(wanted)) {
    console.error('The exports of package.json are not those of src: npm run exports writes them.');
    process.exitCode = 1;
  }
} else {
  manifest.exports = wanted;
  writeFileSync('package.json', `${JSON.stringify(manifest, null, 2)}\n`);
}
