import type { Report } from '../../../../../src-main/report/model/report.ts';
import { rewrite, type Files } from '../bundle-files.ts';

/** One way to change a bundle, and what must be found: the file, and the place in it. */
export interface Tampering {
  readonly name: string;
  readonly change: (files: Files) => void;
  readonly file: string;
  readonly what: RegExp;
}

/** Changes a file, and makes the model and the manifest fit. */
export function again(change: (files: Files) => void): (files: Files) => void {
  return (files) => {
    change(files);
    rewrite(files);
  };
}

export function drop(file: string): (files: Files) => void {
  return (files) => void files.delete(file);
}

/** Turns one bit in the middle of a file. */
export function flip(file: string): (files: Files) => void {
  return (files) => {
    const content = Buffer.from(bytes(files, file));
    const middle = content.length >> 1;
    content.writeUInt8(content.readUInt8(middle) ^ 1, middle);
    files.set(file, content);
  };
}

export function bytes(files: Files, file: string): Buffer {
  const content = files.get(file);
  if (!content) throw new Error(`There is no ${file}.`);
  return content;
}

/** Changes the packets of the first capture: its blocks of type 6 (pcapng), the others stay before them. */
export function firstFrames(change: (packets: Buffer[]) => void): (files: Files) => void {
  return (files) => {
    const file = 'captures/3.pcapng';
    const [others, packets]: [Buffer[], Buffer[]] = [[], []];
    const content = bytes(files, file);
    for (let at = 0; at < content.length;) {
      const length = content.readUInt32LE(at + 4);
      const block = Buffer.from(content.subarray(at, at + length));
      (block.readUInt32LE(0) === 6 ? packets : others).push(block);
      at += length;
    }
    change(packets);
    files.set(file, Buffer.concat([...others, ...packets]));
  };
}

export function run({ runs }: Report, entry: number): Report['runs'][number] {
  return found(runs, entry);
}

export function look({ observations }: Report, entry: number): Report['observations'][number] {
  return found(observations, entry);
}

function found<Act extends { entry: number }>(acts: readonly Act[], entry: number): Act {
  const act = acts.find((each) => each.entry === entry);
  if (!act) throw new Error(`There is no entry ${entry}.`);
  return act;
}
