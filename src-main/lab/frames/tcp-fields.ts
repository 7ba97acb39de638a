import type { Tcp, TcpOptions } from '../../wire/decode/decoded-frame.ts';
import { flagWords } from './frame-words.ts';

/** The header of a TCP segment, field by field. Sequence numbers are as they stand there, not counted from 0. */
export function tcpFields(tcp: Tcp): Record<string, string | number> {
  return {
    'Source port': tcp.sourcePort,
    'Destination port': tcp.destinationPort,
    Flags: flagWords(tcp.flags),
    'Sequence number': tcp.sequence,
    ...(tcp.flags.ack && { 'Acknowledgment number': tcp.acknowledgment }),
    Window: tcp.window,
    ...optionFields(tcp.options),
    'Data length': tcp.data.length,
  };
}

function optionFields({
  mss,
  windowScale,
  sackPermitted,
  timestamps,
}: TcpOptions): Record<string, string | number> {
  return {
    ...(mss !== undefined && { 'Maximum segment size': mss }),
    ...(windowScale !== undefined && { 'Window scale': `${windowScale} (times ${2 ** windowScale})` }),
    ...(sackPermitted && { 'Selective acknowledgments': 'permitted' }),
    ...(timestamps && { Timestamps: `${timestamps.value}, echoes ${timestamps.echo}` }),
  };
}
