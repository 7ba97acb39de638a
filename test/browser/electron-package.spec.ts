import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { expect, test } from '@playwright/test';
import { extractAsar } from '../support/extract-asar.ts';

// The application is packaged up to the folder that the AppImage, the deb and the rpm are made of, around a STUB of Electron's
// binary. That the packages themselves can be made, and that Electron starts what is in them, is not tested here: both need what
// is fetched from the network.

const run = promisify(execFile);
const root = path.resolve(import.meta.dirname, '../..');

let folder: string;
let app: string;
let files: string[];

test.beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'lvslab-package-'));
  const stub = await stubOfElectron(path.join(folder, 'electron'));
  const builder = path.join(root, 'node_modules/electron-builder/cli.js');
  const settings = [`-c.electronDist=${stub}`, `-c.directories.output=${path.join(folder, 'dist')}`];
  await run(
    process.execPath,
    [builder, '--linux', '--dir', '--config', 'electron-builder.config.ts', ...settings],
    // Whatever it would fetch, it does not get.
    {
      cwd: root,
      env: { ...process.env, HTTPS_PROXY: 'http://127.0.0.1:9', HTTP_PROXY: 'http://127.0.0.1:9' },
    },
  );
  app = path.join(folder, 'app');
  files = extractAsar(path.join(folder, 'dist/linux-unpacked/resources/app.asar'), app);
});
test.afterAll(() => rm(folder, { recursive: true, force: true }));

/** A folder like that of an Electron release; the binary has the fuses alone (https://www.electronjs.org/docs/latest/tutorial/fuses). */
async function stubOfElectron(dist: string): Promise<string> {
  await mkdir(path.join(dist, 'resources'), { recursive: true });
  await mkdir(path.join(dist, 'locales'));
  const fuses = Buffer.concat([
    Buffer.from('dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'),
    Buffer.from([1, 9]),
    Buffer.from('0'.repeat(9)),
  ]);
  await writeFile(path.join(dist, 'electron'), fuses, { mode: 0o755 });
  for (const name of ['LICENSE', 'LICENSES.chromium.html', 'version', 'chrome-sandbox', 'locales/en-US.pak'])
    await writeFile(path.join(dist, name), 'stub');
  return dist;
}

test('[electron package] holds what the application reads, and nothing it was made of', async () => {
  const own = files.filter((name) => !name.startsWith('node_modules/'));
  expect(own).toEqual(
    expect.arrayContaining([
      ...['package.json', 'README.md', 'out/main/main.js', 'out/main/lvslab.js', 'out/main/switch-worker.js'],
      ...[
        'out/preload/preload.cjs',
        'out/renderer/index.html',
        'resources/guest/packages.txt',
        'resources/images/debian-12.yaml',
      ],
      ...['lab-templates/three-modes/template.yaml', 'lab-templates/recipes/dr.yaml'],
    ]),
  );
  const places = new Set(own.map((name) => name.split('/', 2).join('/')));
  const wanted =
    /^(package\.json|README\.md|out\/(main|preload|renderer)|lab-templates\/.*|resources\/(guest|images))$/;
  expect([...places].filter((name) => !wanted.test(name))).toEqual([]);
  const entry = JSON.parse(await readFile(path.join(app, 'package.json'), 'utf8')) as { main: string };
  expect(own).toContain(entry.main);
});

test('[electron package] holds every package that its code imports', async () => {
  const scripts = (await readdir(path.join(app, 'out/main'))).filter((name) => name.endsWith('.js'));
  const imported = new Set<string>();
  for (const name of scripts) {
    const text = await readFile(path.join(app, 'out/main', name), 'utf8');
    for (const [, from = ''] of text.matchAll(/^(?:import|export)\b[^'"]*["']([^'".][^'"]*)["'];$/gm))
      imported.add(from);
    for (const [, from = ''] of text.matchAll(/\bimport\("([^".][^"]*)"\)/g)) imported.add(from);
  }
  imported.delete('electron');
  expect([...imported], 'the search finds what is there').toEqual(
    expect.arrayContaining(['zod', 'node-ssh', 'koffi']),
  );
  const names = JSON.stringify([...imported]);
  const script = `await Promise.all(${names}.map((name) => import(name))); console.log('all there')`;
  await writeFile(path.join(app, 'out/main/try.mjs'), script);
  const { stdout } = await run(process.execPath, [path.join(app, 'out/main/try.mjs')]);
  expect(stdout).toBe('all there\n');
});

test('[electron package] holds the core of the application, which finds its templates', async () => {
  const [core = ''] = (await readdir(path.join(app, 'out/main'))).filter((name) =>
    name.startsWith('app-core-'),
  );
  const script = `import { createAppCore } from './${core}';
const core = createAppCore('electron', ['true']);
const { templates, broken } = await core.listTemplates();
console.log(JSON.stringify({ ...core.info(), names: templates.map(({ name }) => name), broken }));`;
  await writeFile(path.join(app, 'out/main/try-core.mjs'), script);
  const env = { ...process.env, LVSLAB_HOME: path.join(folder, 'home') };
  const { stdout } = await run(process.execPath, [path.join(app, 'out/main/try-core.mjs')], { env });
  expect(JSON.parse(stdout)).toMatchObject({
    shell: 'electron',
    names: expect.arrayContaining(['three-modes']),
    broken: [],
  });
});

test('[electron package] holds a terminal that finds templates and the guest image recipe', async () => {
  const lvslab = path.join(app, 'out/main/lvslab.js');
  // As Electron's binary runs it when it plays Node.
  const asElectron = `data:text/javascript,Object.defineProperty(process.versions,'electron',{value:'45'})`;
  const env = { ...process.env, LVSLAB_HOME: path.join(folder, 'home') };
  const node = (...args: string[]) =>
    run(process.execPath, ['--import', asElectron, lvslab, ...args], { env });
  expect((await node('templates')).stdout).toContain('three-modes');
  expect((await node('image', 'list', '--json')).stdout).toContain('"');
  await expect(node('hold', 'no-such-lab')).rejects.toMatchObject({
    stderr: expect.stringContaining("There is no lab 'no-such-lab'"),
  });
});

test('[electron package] keeps outside the archive what the system opens by its path', async () => {
  const beside = path.join(folder, 'dist/linux-unpacked/resources/app.asar.unpacked');
  const names = await readdir(beside, { recursive: true });
  expect(names).toContain('README.md');
  const binaries = names.filter((name) => name.endsWith('.node'));
  expect(binaries.some((name) => name.endsWith('linux_x64/koffi.node'))).toBe(true);
  expect(
    binaries.filter((name) => !name.endsWith('koffi.node')),
    'compiled here',
  ).toEqual([]);
});

test('[electron package] sets the fuses', async () => {
  const wire = await getCurrentFuseWire(path.join(folder, 'dist/linux-unpacked/lvslab'));
  const on = Object.entries(FuseV1Options).flatMap(([name, index]) =>
    typeof index === 'number' && wire[index] === FuseState.ENABLE ? [name] : [],
  );
  expect(on.sort()).toEqual(['EnableEmbeddedAsarIntegrityValidation', 'OnlyLoadAppFromAsar', 'RunAsNode']);
});
