import { constants } from 'node:fs';
import { copyFile, open } from 'node:fs/promises';
import { LabError } from '../contract/lab-error.ts';
import type { Connection } from './connection.ts';
import { virsh } from './virsh.ts';

/** Milliseconds; a guest's memory is written or read whole. */
const timeout = 180_000;

/**
 * Writes a running domain's memory and devices to a file and ends it (virsh(1), save). Not cancellable: the daemon
 * goes on when its client is killed.
 */
export async function saveDomain(
  connection: Connection,
  node: string,
  uuid: string,
  file: string,
): Promise<void> {
  await virsh(connection, `save the virtual machine of ${node}`, ['save', uuid, file], { timeout });
}

/**
 * Starts a domain from such a file. Name, UUID and what the guest sees must be as in the file; disk, ports and
 * metadata are those of the XML.
 */
export async function restoreDomain(
  connection: Connection,
  node: string,
  file: string,
  xmlPath: string,
): Promise<void> {
  await virsh(connection, `restore the virtual machine of ${node}`, ['restore', file, '--xml', xmlPath], {
    timeout,
  });
}

/** Whether a file holds a domain that was saved to the end: until then libvirt gives it another mark. */
export async function isSavedWhole(file: string): Promise<boolean> {
  try {
    await using handle = await open(file);
    const { buffer } = await handle.read(Buffer.alloc(magic.length), 0, magic.length, 0);
    return buffer.toString('latin1') === magic;
  } catch {
    return false;
  }
}

/** What libvirt takes a saved domain for. */
export interface DomainName {
  readonly name: string;
  readonly uuid: string;
}

/** Copies a saved domain under another name and UUID, so that one state starts many. */
export async function copySavedDomain(from: string, to: string, domain: DomainName): Promise<void> {
  await copyFile(from, to, constants.COPYFILE_FICLONE);
  await renameSavedDomain(to, domain);
}

/**
 * Gives a saved domain another name and UUID: libvirt keeps both in the file's head, and compares them with the XML.
 * @throws LabError `command-failed` when the file is none of libvirt's, or the new head does not fit.
 */
export async function renameSavedDomain(file: string, domain: DomainName): Promise<void> {
  await using handle = await open(file, 'r+');
  const start = Buffer.alloc(headLength);
  await handle.read(start, 0, headLength, 0);
  const { dataLength } = readHead(start);
  const head = Buffer.alloc(headLength + dataLength);
  await handle.read(head, 0, head.length, 0);
  const renamed = withName(head, domain);
  await handle.write(renamed, 0, renamed.length, 0);
}

/**
 * The head of a save file with another name and UUID, of the same length: the guest's state follows it. Its form is
 * libvirt's `virQEMUSaveHeader` (src/qemu/qemu_saveimage.h): magic, version, length of the data, was_running,
 * compressed, offset of a cookie in the data, 14 unused; then the data: the domain XML, NUL, the cookie, padding.
 * @throws LabError `command-failed`
 */
export function withName(head: Buffer, { name, uuid }: DomainName): Buffer {
  const { dataLength, cookieOffset } = readHead(head);
  const data = head.subarray(headLength, headLength + dataLength);
  const xml = textAt(data, 0);
  const cookie = cookieOffset > 0 ? textAt(data, cookieOffset) : '';
  const renamed = xml
    .replace(/<name>[^<]*<\/name>/, `<name>${name}</name>`)
    .replace(/<uuid>[^<]*<\/uuid>/, `<uuid>${uuid}</uuid>`);
  const parts = Buffer.from(cookie ? `${renamed}\0${cookie}\0` : `${renamed}\0`);
  if (parts.length > dataLength) throw unusable('Its head has no room for another name.');
  const result = Buffer.alloc(headLength + dataLength);
  head.copy(result, 0, 0, headLength);
  if (cookie) result.writeUInt32LE(Buffer.byteLength(renamed) + 1, cookieField);
  parts.copy(result, headLength);
  return result;
}

const magic = 'LibvirtQemudSave';
const headLength = magic.length + 19 * 4;
const dataLengthField = magic.length + 4;
const cookieField = magic.length + 16;

function readHead(head: Buffer): { dataLength: number; cookieOffset: number } {
  // libvirt writes the host's own byte order, and only x86-64 is supported.
  if (head.toString('latin1', 0, magic.length) !== magic) throw unusable('It does not begin as one.');
  return { dataLength: head.readUInt32LE(dataLengthField), cookieOffset: head.readUInt32LE(cookieField) };
}

function textAt(data: Buffer, offset: number): string {
  const end = data.indexOf(0, offset);
  return data.toString('utf8', offset, end === -1 ? data.length : end);
}

function unusable(why: string): LabError {
  return new LabError('command-failed', 'A saved virtual machine cannot be used.', {
    why,
    remedy: "Start the lab with '--cold'.",
  });
}
