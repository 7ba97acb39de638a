import { figureDigits } from '../../contract/load-figures.ts';

// Figures as they stand in a report. By hand and in UTC, so that a report rendered again elsewhere is the same to the letter.

/** `12,345`. */
export function count(value: number): string {
  const [whole = '', ...rest] = String(value).split('.');
  return [whole.replace(/\B(?=(\d{3})+$)/g, ','), ...rest].join('.');
}

/** Three figures that count, and whole numbers whole: `0.42`, `3.1`, `128`, `1,204`. */
export function figure(value: number): string {
  return count(Number(value.toFixed(figureDigits(value))));
}

/** A share of 1 as `33.3%`. */
export function percent(share: number): string {
  return `${(share * 100).toFixed(1)}%`;
}

/** `part` of `whole` as a percentage; an en dash where there is no whole. */
export function percentOf(part: number, whole: number): string {
  return whole === 0 ? '–' : percent(part / whole);
}

/** Milliseconds: `1.24 ms`. */
export function milliseconds(value: number): string {
  return `${figure(value)} ms`;
}

/** Milliseconds as how long an act took: `240 ms`, and from a second on `3.2 s`. */
export function duration(value: number): string {
  return value < 1000 ? `${String(Math.round(value))} ms` : seconds(value);
}

/** Milliseconds as seconds: `3.2 s`. */
export function seconds(value: number): string {
  return `${(value / 1000).toFixed(1)} s`;
}

/** `980 B`, `12.4 kB`, `3.1 MB`. */
export function bytes(value: number): string {
  if (value < 1000) return `${figure(value)} B`;
  return value < 1e6 ? `${(value / 1e3).toFixed(1)} kB` : `${(value / 1e6).toFixed(1)} MB`;
}

/** The time of day of an ISO 8601 time, in UTC: `14:03:22`. */
export function clock(iso: string): string {
  return utc(iso).slice(11, 19);
}

/** An ISO 8601 time in UTC: `2026-11-22 14:03`. */
export function day(iso: string): string {
  return utc(iso).slice(0, 16).replace('T', ' ');
}

/** What is no time is shown as it is. */
function utc(iso: string): string {
  const time = new Date(iso);
  return Number.isNaN(time.getTime()) ? iso : time.toISOString();
}
