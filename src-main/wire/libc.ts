import { constants, endianness } from 'node:os';
import { promisify } from 'node:util';

/** The calls of the C library that the switch needs, with the meaning of their manual pages. */
export interface Libc {
  socket(domain: number, type: number, protocol: number): number;
  bind(fd: number, address: Buffer, length: number): number;
  setsockopt(fd: number, level: number, name: number, value: Buffer, length: number): number;
  poll(fds: Buffer, count: number, milliseconds: number): number;
  recvmmsg(fd: number, messages: Buffer, count: number, flags: number, timeout: null): number;
  sendmmsg(fd: number, messages: Buffer, count: number, flags: number): number;
  sendto(fd: number, bytes: Buffer, length: number, flags: number, address: Buffer, size: number): number;
  close(fd: number): number;
  sched_setscheduler(thread: number, policy: number, parameters: Buffer): number;
  /** Called on another thread, as is `posix_fadvise`. */
  sync_file_range(fd: number, offset: number, length: number, flags: number): Promise<number>;
  posix_fadvise(fd: number, offset: number, length: number, advice: number): Promise<number>;
  /** The error of the last call that failed. */
  errno(): number;
  /** Where a buffer lies in memory. It stays there, but only as long as something refers to it. */
  address(buffer: Buffer): bigint;
}

/**
 * Linux's own numbers (socket(2), udp(7), recvmsg(2), sched(7), sync_file_range(2), posix_fadvise(2)): the same on every
 * platform that `loadLibc` accepts.
 */
export const linux = {
  AF_INET: 2,
  SOCK_DGRAM: 2,
  SOCK_NONBLOCK: 0o4000,
  SOCK_CLOEXEC: 0o2000000,
  SOL_SOCKET: 1,
  SO_RCVBUF: 8,
  SOL_UDP: 17,
  UDP_SEGMENT: 103,
  MSG_DONTWAIT: 0x40,
  MSG_TRUNC: 0x20,
  POLLIN: 1,
  SCHED_BATCH: 3,
  SYNC_FILE_RANGE_WRITE: 2,
  POSIX_FADV_DONTNEED: 4,
  errno: constants.errno,
} as const;

/** The C library by the package koffi, or undefined where that cannot be had: other systems, or no prebuilt binary. */
export async function loadLibc(): Promise<Libc | undefined> {
  const layoutIsKnown = process.platform === 'linux' && ['x64', 'arm64', 'riscv64'].includes(process.arch);
  if (!layoutIsKnown || endianness() !== 'LE') return undefined;
  try {
    const { default: koffi } = await import('koffi');
    const glibc = koffi.load('libc.so.6');
    const call = (prototype: string): unknown => glibc.func(prototype);
    const callAside = (prototype: string): unknown => promisify(glibc.func(prototype).async);
    return {
      socket: call('int socket(int, int, int)') as Libc['socket'],
      bind: call('int bind(int, void *, uint32)') as Libc['bind'],
      setsockopt: call('int setsockopt(int, int, int, void *, uint32)') as Libc['setsockopt'],
      poll: call('int poll(void *, ulong, int)') as Libc['poll'],
      recvmmsg: call('int recvmmsg(int, void *, uint32, int, void *)') as Libc['recvmmsg'],
      sendmmsg: call('int sendmmsg(int, void *, uint32, int)') as Libc['sendmmsg'],
      sendto: call('long sendto(int, void *, ulong, int, void *, uint32)') as Libc['sendto'],
      sched_setscheduler: call('int sched_setscheduler(int, int, void *)') as Libc['sched_setscheduler'],
      sync_file_range: callAside('int sync_file_range(int, int64, int64, uint32)') as Libc['sync_file_range'],
      posix_fadvise: callAside('int posix_fadvise(int, int64, int64, int)') as Libc['posix_fadvise'],
      close: call('int close(int)') as Libc['close'],
      errno: () => koffi.errno(),
      address: (buffer) => koffi.address(buffer),
    };
  } catch {
    return undefined;
  }
}
