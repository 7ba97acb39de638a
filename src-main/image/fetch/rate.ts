/** How fast something goes, by what came within the last seconds. */
export interface Rate {
  /** @param total undefined where it is not known. @returns such as `120 MiB of 480 MiB, 10.0 MiB/s, 36 s left` */
  describe(bytes: number, total: number | undefined): string;
}

const windowMs = 8000;

/** @param now Milliseconds of a clock that never goes back. */
export function createRate(now: () => number = () => performance.now()): Rate {
  let seen: { at: number; bytes: number }[] = [];
  return {
    describe(bytes, total) {
      const at = now();
      seen = [...seen.filter((one) => at - one.at <= windowMs), { at, bytes }];
      const [first] = seen;
      const seconds = first ? (at - first.at) / 1000 : 0;
      const perSecond = first && seconds > 0 ? (bytes - first.bytes) / seconds : 0;
      const parts = [
        total === undefined ? formatBytes(bytes) : `${formatBytes(bytes)} of ${formatBytes(total)}`,
      ];
      if (perSecond > 0) parts.push(`${(perSecond / 2 ** 20).toFixed(1)} MiB/s`);
      if (perSecond > 0 && total !== undefined)
        parts.push(`${formatSeconds(Math.ceil((total - bytes) / perSecond))} left`);
      return parts.join(', ');
    },
  };
}

export function formatBytes(bytes: number): string {
  return bytes < 2 ** 20 ? `${Math.ceil(bytes / 1024)} KiB` : `${Math.round(bytes / 2 ** 20)} MiB`;
}

function formatSeconds(seconds: number): string {
  if (seconds < 90) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 90 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
