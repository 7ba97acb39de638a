import { cutShort, opaque, u16, u32, u8 } from './bytes.ts';
import type { Opaque, Tcp, TcpFlags, TcpOptions } from './decoded-frame.ts';

const shortestHeader = 20;

export function decodeTcp(bytes: Uint8Array): Tcp | Opaque {
  if (bytes.length < shortestHeader) return cutShort('TCP header', bytes, shortestHeader);
  const headerLength = (u8(bytes, 12) >> 4) * 4;
  if (headerLength < shortestHeader)
    return opaque(bytes, `TCP header length ${headerLength}, under ${shortestHeader}`);
  if (headerLength > bytes.length) return cutShort('TCP header', bytes, headerLength);
  const options = headerLength === shortestHeader ? none : decodeOptions(bytes, headerLength);
  if (typeof options === 'string') return opaque(bytes, options);
  return {
    kind: 'tcp',
    sourcePort: u16(bytes, 0),
    destinationPort: u16(bytes, 2),
    sequence: u32(bytes, 4),
    acknowledgment: u32(bytes, 8),
    flags: decodeFlags(u8(bytes, 13)),
    window: u16(bytes, 14),
    options,
    data: bytes.subarray(headerLength),
  };
}

const none: TcpOptions = {};

function decodeFlags(bits: number): TcpFlags {
  return {
    syn: (bits & 0x02) !== 0,
    ack: (bits & 0x10) !== 0,
    fin: (bits & 0x01) !== 0,
    rst: (bits & 0x04) !== 0,
    psh: (bits & 0x08) !== 0,
    urg: (bits & 0x20) !== 0,
  };
}

/** Kinds by RFC 9293 (end, nothing, MSS), RFC 7323 (window scale, timestamps), RFC 2018 (SACK permitted). */
const kind = { end: 0, nothing: 1, mss: 2, windowScale: 3, sackPermitted: 4, timestamps: 8 } as const;

/** @returns the options, or what is wrong with them. */
function decodeOptions(bytes: Uint8Array, end: number): TcpOptions | string {
  const options: { -readonly [Name in keyof TcpOptions]: TcpOptions[Name] } = {};
  for (let at = shortestHeader; at < end && u8(bytes, at) !== kind.end;) {
    if (u8(bytes, at) === kind.nothing) {
      at++;
      continue;
    }
    const length = at + 1 < end ? u8(bytes, at + 1) : 0;
    if (length < 2 || at + length > end)
      return `TCP option ${u8(bytes, at)} of length ${length}, with ${end - at} bytes left in the header`;
    readOption(options, bytes, at, length);
    at += length;
  }
  return options;
}

/** As Linux does (tcp_parse_options), a known option of another length than its own is passed over. */
function readOption(
  options: { -readonly [Name in keyof TcpOptions]: TcpOptions[Name] },
  bytes: Uint8Array,
  at: number,
  length: number,
): void {
  switch (u8(bytes, at)) {
    case kind.mss:
      if (length === 4) options.mss = u16(bytes, at + 2);
      break;
    case kind.windowScale:
      if (length === 3) options.windowScale = u8(bytes, at + 2);
      break;
    case kind.sackPermitted:
      if (length === 2) options.sackPermitted = true;
      break;
    case kind.timestamps:
      if (length === 10) options.timestamps = { value: u32(bytes, at + 2), echo: u32(bytes, at + 6) };
      break;
  }
}
