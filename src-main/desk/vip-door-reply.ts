/** A head longer than this is none of a web server. */
const longestHead = 16_384;

/**
 * Follows what an HTTP/1 server sends, to know when a reply is whole; it changes nothing. Where the length of a reply is
 * not told beforehand (chunked, for one) it gives up: no reply of that connection is called whole any more.
 */
export function createReplyReader() {
  let head = Buffer.alloc(0);
  let bodyLeft = 0;
  let lost = false;
  return {
    /** @returns whether the reply is whole with this piece, and nothing of a next one came. */
    push(piece: Buffer): boolean {
      let rest = piece;
      while (rest.length > 0 && !lost) {
        if (bodyLeft > 0) {
          const taken = Math.min(bodyLeft, rest.length);
          bodyLeft -= taken;
          rest = rest.subarray(taken);
          continue;
        }
        head = Buffer.concat([head, rest]);
        const end = head.indexOf('\r\n\r\n');
        lost = end < 0 && head.length > longestHead;
        if (end < 0) break;
        const length = bodyLength(head.toString('latin1', 0, end));
        lost = length === undefined;
        bodyLeft = length ?? 0;
        rest = head.subarray(end + 4);
        head = Buffer.alloc(0);
      }
      return !lost && head.length === 0 && bodyLeft === 0;
    },
  };
}

/** Bytes after a head (RFC 9112, 6.3); undefined where it does not tell. */
function bodyLength(head: string): number | undefined {
  const status = /^HTTP\/1\.\d (\d{3})/.exec(head)?.[1];
  if (status === undefined || status.startsWith('1') || /^transfer-encoding:/im.test(head)) return undefined;
  if (status === '204' || status === '304') return 0;
  const length = /^content-length:[ \t]*(\d+)[ \t]*$/im.exec(head)?.[1];
  return length === undefined ? undefined : Number(length);
}
