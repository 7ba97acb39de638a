/** What differs between kernels and cannot be read from the director: each value is a possible one until a pick rules it out. */
export interface Variant {
  /** How much an active connection weighs against an inactive one; see `activeCosts`. */
  readonly activeCost: 256 | 257;
  /** How addresses are hashed by sh and dh; see `hashes`. */
  readonly hash: 'high-bits' | 'low-bits';
}

/** What is known of a kernel from its name. */
export interface Kernel {
  readonly activeCosts: readonly Variant['activeCost'][];
  readonly hashes: readonly Variant['hash'][];
  /**
   * A change of thresholds updates the overload flag at once, as __ip_vs_dest_update_overload() in ip_vs_ctl.c does;
   * before, the next connection did. Null: not known.
   */
  readonly flagsFollowThresholds: boolean | null;
  /** conn_reuse_mode 0 keeps expire_nodest_conn from rescheduling connections of servers with weight 0. Null: not known. */
  readonly modeZeroKeepsAll: boolean | null;
}

/**
 * Reads `uname -r`, `uname -rv` or /proc/version.
 *
 * - Connections were counted as active and inactive ones, and the cost was 256 x active + inactive. Linux 6.1.187 counts
 *   the active ones and all (totalconns), and the cost is 256 x active + all; 6.1.176 does not yet.
 *   ip_vs_dest_conn_overhead() in include/net/ip_vs.h.
 * - From 4.18 on sh and dh hash by hash_32(), whose upper bits count; before it was a product's lower bits.
 * - From 5.16 on expire_nodest_conn works with conn_reuse_mode 0, too; ip_vs_in_hook() in ip_vs_core.c.
 */
export function readKernel(text: string): Kernel {
  const version = readVersion(text);
  const atomic = version === undefined ? null : countsAll(version);
  const before = (major: number, minor: number) =>
    version !== undefined && (version.major < major || (version.major === major && version.minor < minor));
  return {
    activeCosts: atomic === null ? [256, 257] : [atomic ? 257 : 256],
    hashes: version === undefined || before(4, 18) ? ['high-bits', 'low-bits'] : ['high-bits'],
    flagsFollowThresholds: atomic,
    modeZeroKeepsAll: version === undefined || before(5, 16) ? null : false,
  };
}

interface Version {
  readonly major: number;
  readonly minor: number;
  /** Of a stable release; undefined where a distribution's name hides it. */
  readonly patch: number | undefined;
}

/** Debian's `6.1.0-57-amd64` hides the stable release, which its version names behind the word Debian. */
function readVersion(text: string): Version | undefined {
  const debian = /\bDebian (\d+)\.(\d+)\.(\d+)/.exec(text);
  const [, major, minor, patch] = debian ?? /(\d+)\.(\d+)(?:\.(\d+))?/.exec(text) ?? [];
  if (major === undefined || minor === undefined) return undefined;
  const named = patch !== undefined && (debian !== null || Number(patch) > 0);
  return { major: Number(major), minor: Number(minor), patch: named ? Number(patch) : undefined };
}

/** Seen in the sources of 6.1.170, .176, .187, .190 and .192 alone; null for every other. */
function countsAll({ major, minor, patch }: Version): boolean | null {
  if (major !== 6 || minor !== 1 || patch === undefined) return null;
  if (patch >= 187) return true;
  return patch <= 176 ? false : null;
}
