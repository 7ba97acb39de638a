import { checkOutputFile } from './output-file.ts';

/** Type of a Section Header Block, with which every pcapng file begins (draft-ietf-opsawg-pcapng, 4.1). */
const magic = Buffer.from('0a0d0d0a', 'hex');

/**
 * Makes sure that a capture can be written to a file, before anything of the lab is made. An earlier capture there
 * is replaced, as tcpdump does; any other file of the user is not.
 * @throws LabError `bad-input`
 */
export function checkCaptureFile(file: string): Promise<void> {
  return checkOutputFile(file, { contents: 'Frames', name: 'a capture', magic });
}
