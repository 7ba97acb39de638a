import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { LabError } from '../../contract/lab-error.ts';
import type { Verification } from './verification.ts';

/** A lone page or model is read whole; a report of that size is none. */
const mostBytes = 256 * 1024 * 1024;

const forms: Readonly<Record<string, Verification['form']>> = {
  '.zip': 'bundle',
  '.html': 'html',
  '.json': 'json',
};

/** Which form of a report a file has, by its name; undefined for what is none. */
export function formOf(file: string): Verification['form'] | undefined {
  return forms[path.extname(file).toLowerCase()];
}

/**
 * The form of a file that is to be a report.
 * @throws LabError `not-found`; `bad-input` for what is no file, or has none of the forms that can be read again.
 */
export async function demandForm(file: string): Promise<Verification['form']> {
  const there = await stat(file).catch(() => undefined);
  if (!there) throw new LabError('not-found', `There is no file ${file}.`);
  const form = formOf(file);
  if (form === undefined || !there.isFile())
    throw noReport(
      file,
      there.isFile() ? 'Its name ends in none of .zip, .html and .json.' : 'It is no ordinary file.',
    );
  return form;
}

/** @throws LabError `bad-input` where it is too large to be a report. */
export async function readText(file: string): Promise<string> {
  if ((await stat(file)).size > mostBytes) throw noReport(file, `It is larger than ${mostBytes} bytes.`);
  return readFile(file, 'utf8');
}

export function noReport(file: string, why: string): LabError {
  return new LabError('bad-input', `${file} is no report that can be read again.`, {
    why,
    remedy: 'Name a bundle (.zip), a page (.html) or a model (.json) that LVS Lab wrote.',
  });
}
