import { open, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { LabError } from '../../contract/lab-error.ts';
import type { Verification } from './verification.ts';

/** A lone page or model is read whole; a report of that size is none. */
const mostBytes = 256 * 1024 * 1024;

const forms: Readonly<Record<string, Verification['form']>> = {
  '.zip': 'bundle',
  '.html': 'html',
  '.htm': 'html',
  '.json': 'json',
};

/** Which form of a report a file has, by its name; undefined for what is none. */
export function formOf(file: string): Verification['form'] | undefined {
  return forms[path.extname(file).toLowerCase()];
}

/**
 * The form of a file that is to be a report, by its first bytes where its name is another's: a mail program or a learning
 * platform may have renamed it.
 * @throws LabError `not-found`; `bad-input` for what is no file, or has none of the forms that can be read again.
 */
export async function demandForm(file: string): Promise<Verification['form']> {
  const there = await stat(file).catch(() => undefined);
  if (!there) throw new LabError('not-found', `There is no file ${file}.`);
  if (!there.isFile()) throw noReport(file, 'It is no ordinary file.');
  const form = formOfBytes(await firstBytes(file), formOf(file));
  if (form) return form;
  throw noReport(
    file,
    archive.test(file)
      ? 'It is an archive of another kind than zip: unpack it, and name the folder.'
      : 'Its name ends in none of .zip, .html and .json, and it does not begin as any of these.',
  );
}

const archive = /\.(7z|rar|tar|tgz|tbz2?|txz|gz|bz2|xz|zst)$/i;

async function firstBytes(file: string): Promise<Buffer> {
  await using handle = await open(file);
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(256), 0, 256, 0);
  return buffer.subarray(0, bytesRead);
}

function formOfBytes(
  first: Buffer,
  named: Verification['form'] | undefined,
): Verification['form'] | undefined {
  // A local file header, or the end of an empty zip (APPNOTE 4.3.7, 4.3.16).
  if (/^PK(\x03\x04|\x05\x06)/.test(first.toString('latin1'))) return 'bundle';
  if (named) return named;
  const words = first
    .toString('utf8')
    .replace(/^\ufeff/, '')
    .trimStart();
  if (/^<!doctype html/i.test(words)) return 'html';
  return words.startsWith('{') && words.includes('lvslab-report') ? 'json' : undefined;
}

/** @throws LabError `bad-input` where it is too large to be a report. */
export async function readText(file: string): Promise<string> {
  if ((await stat(file)).size > mostBytes) throw noReport(file, `It is larger than ${mostBytes} bytes.`);
  return readFile(file, 'utf8');
}

export function noReport(file: string, why: string): LabError {
  return new LabError('bad-input', `${file} is no report that can be read again.`, {
    why,
    remedy:
      'Name a bundle (.zip, or the folder it was unpacked into), a page (.html) or a model (.json) that LVS Lab wrote.',
  });
}
