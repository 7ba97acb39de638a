import { existsSync, mkdirSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { keptHome, testHome, worker } from './test-home.ts';

/** Keeps vitest's workers apart that run labs at the same time: a data folder and a range of ports for each. */
const images = path.join(testHome, 'images');
mkdirSync(testHome, { recursive: true });
if (!existsSync(images)) symlinkSync(path.join(keptHome, 'images'), images);

const width = 4000;
const first = 16_000 + Number(worker) * width;
process.env['LVSLAB_PORTS'] = `${first}-${first + width - 1}`;
