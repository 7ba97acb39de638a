import { readFile } from 'node:fs/promises';
import { LabError } from '../contract/lab-error.ts';
import { beforeData, blockType, byteOrderMagic, droppedComment, option, padded } from './pcapng.ts';
import type { FrameRecord } from './switch-port.ts';

/** An interface of a capture: in ours, a port of the lab switch while its cable is in one segment. */
export interface CaptureInterface {
  readonly name: string;
  readonly description: string;
}

/** A frame of a capture. */
export interface CapturedFrame {
  readonly interface: CaptureInterface;
  /** Nanoseconds since 1970. */
  readonly time: bigint;
  readonly bytes: Uint8Array;
  /** It was seen, but an impairment dropped it on its way into the switch. */
  readonly fate?: 'dropped';
}

/** What is in a capture, in the order of the file. */
export interface CaptureContents {
  readonly interfaces: readonly CaptureInterface[];
  readonly frames: readonly CapturedFrame[];
}

/**
 * Reads a pcapng file as the lab switch writes it: one section, little-endian, times in nanoseconds or coarser. Blocks
 * of other kinds are passed over. Frames refer to the file's bytes in memory.
 * @throws LabError `not-found`, or `bad-input` naming the byte at which the file breaks the format.
 */
export async function readPcapng(file: string): Promise<CaptureContents> {
  return parsePcapng(await readBytes(file), file);
}

/** The same from memory. @param name how an error calls it. */
export function parsePcapng(bytes: Uint8Array, name: string): CaptureContents {
  const interfaces: Interface[] = [];
  const frames: CapturedFrame[] = [];
  for (const { type, at, body } of blocks(bytes, name)) {
    if (type === blockType.interface) interfaces.push(readInterface(body));
    if (type === blockType.enhancedPacket) {
      const frame = readPacket(body, interfaces);
      if (!frame)
        throw broken(name, at, 'a packet of an interface that is not described, or longer than its block');
      frames.push(frame);
    }
  }
  return { interfaces: interfaces.map(({ shown }) => shown), frames };
}

async function readBytes(file: string): Promise<Uint8Array> {
  try {
    return await readFile(file);
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    throw new LabError(code === 'ENOENT' ? 'not-found' : 'bad-input', `The capture ${file} cannot be read.`, {
      why: message,
      remedy: 'Name a pcapng file that LVS Lab wrote.',
      cause,
    });
  }
}

interface Block {
  readonly type: number;
  /** Where it begins in the file. */
  readonly at: number;
  readonly body: DataView;
}

const framing = 12;

function* blocks(bytes: Uint8Array, name: string): Generator<Block> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 28 || view.getUint32(0, true) !== blockType.sectionHeader)
    throw broken(name, 0, 'no section header: it is no pcapng file');
  if (view.getUint32(8, true) !== byteOrderMagic)
    throw broken(name, 8, 'a section that is not little-endian');
  for (let at = 0; at < bytes.length;) {
    const left = bytes.length - at;
    const length = left < framing ? 0 : view.getUint32(at + 4, true);
    if (
      length < framing ||
      length % 4 !== 0 ||
      length > left ||
      view.getUint32(at + length - 4, true) !== length
    )
      throw broken(name, at, `a block of length ${length}, with ${left} bytes left in the file`);
    const type = view.getUint32(at, true);
    if (type === blockType.sectionHeader && at > 0) throw broken(name, at, 'a second section');
    yield { type, at, body: new DataView(view.buffer, view.byteOffset + at + 8, length - framing) };
    at += length;
  }
}

/** An interface, and what a unit of its times is in nanoseconds. */
interface Interface {
  readonly shown: CaptureInterface;
  readonly unit: bigint;
}

function readInterface(body: DataView): Interface {
  const text = new TextDecoder();
  let [name, description, decimals] = ['', '', 6];
  for (const { code, value } of options(body, 8)) {
    if (code === option.interfaceName) name = text.decode(value);
    if (code === option.interfaceDescription) description = text.decode(value);
    if (code === option.resolution) decimals = value[0] ?? decimals;
  }
  return { shown: { name, description }, unit: 10n ** BigInt(9 - Math.min(decimals, 9)) };
}

/** @returns undefined when it breaks the format. */
function readPacket(body: DataView, interfaces: readonly Interface[]): CapturedFrame | undefined {
  const dataAt = beforeData - 8;
  if (body.byteLength < dataAt) return undefined;
  const from = interfaces[body.getUint32(0, true)];
  const length = body.getUint32(12, true);
  if (!from || dataAt + length > body.byteLength) return undefined;
  const units = (BigInt(body.getUint32(4, true)) << 32n) | BigInt(body.getUint32(8, true));
  const frame = {
    interface: from.shown,
    time: units * from.unit,
    bytes: new Uint8Array(body.buffer, body.byteOffset + dataAt, length),
  };
  return isDropped(body, dataAt + padded(length)) ? { ...frame, fate: 'dropped' } : frame;
}

function isDropped(body: DataView, at: number): boolean {
  for (const { code, value } of options(body, at)) {
    if (code === option.comment && new TextDecoder().decode(value) === droppedComment) return true;
  }
  return false;
}

/** The options that a block ends with; one that is longer than the block ends them. */
function* options(body: DataView, start: number): Generator<{ code: number; value: Uint8Array }> {
  for (let at = start; at + 4 <= body.byteLength;) {
    const [code, length] = [body.getUint16(at, true), body.getUint16(at + 2, true)];
    if (code === option.end || at + 4 + length > body.byteLength) return;
    yield { code, value: new Uint8Array(body.buffer, body.byteOffset + at + 4, length) };
    at += 4 + padded(length);
  }
}

function broken(name: string, at: number, what: string): LabError {
  return new LabError('bad-input', `The capture ${name} is broken.`, {
    why: `At byte ${at}: ${what}.`,
    remedy: 'Take the capture again; if its lab was killed while it wrote, what was lost is the end.',
  });
}

/**
 * A frame of a capture as the switch recorded it: captures name each port once for every segment its cable was in.
 * @param start Nanoseconds since 1970 at the record's time 0.
 */
export function toRecord(
  { interface: { name, description }, time, bytes, fate }: CapturedFrame,
  sequence: number,
  start: bigint,
): FrameRecord {
  const segment = /^segment (.+)$/.exec(description)?.[1] ?? null;
  const frame = { sequence, time: Number(time - start), port: name, segment, bytes };
  return fate === undefined ? frame : { ...frame, fate };
}
