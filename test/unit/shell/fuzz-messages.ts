import { isContractProcedure } from '@orpc/contract';
import { z } from 'zod';
import { appContract } from '../../../src-main/contract/app-contract.ts';
import { sampleOf, type Json, type JsonSchema } from './fuzz-samples.ts';

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

interface Procedure {
  readonly url: string;
  readonly accepts: (input: unknown) => boolean;
  /** Of its input; undefined where it takes none. */
  readonly schema: JsonSchema | undefined;
}

/** Every procedure of the contract. */
const procedures: readonly Procedure[] = Object.entries(appContract).flatMap(([group, calls]) =>
  Object.entries(calls).map(([name, procedure]: [string, unknown]) => {
    if (!isContractProcedure(procedure)) throw new Error(`${group}.${name} is no procedure`);
    const schema = procedure['~orpc'].inputSchema as z.ZodType;
    return {
      url: `/${group}/${name}`,
      accepts: (input) => isAccepted(schema, input),
      schema:
        schema instanceof z.ZodVoid ? undefined : (z.toJSONSchema(schema, { io: 'input' }) as JsonSchema),
    };
  }),
);

function isAccepted(schema: z.ZodType, input: unknown): boolean {
  try {
    return schema.safeParse(input).success;
  } catch {
    // zod compares the `length` even of what is no text.
    return false;
  }
}

/** A message that no client of ours sends. */
export interface Malformed {
  /** Text, or what a transport can carry besides. */
  readonly data: unknown;
  /** What it deserves: an error as its answer, by its id, or the end of the connection. */
  readonly deserves: { readonly answer: string } | 'refusal';
}

/** Makes malformed messages for ever: calls with a wrong input or of no procedure, and what is no call at all. */
export function* malformedMessages(seed: number): Generator<Malformed, never> {
  const random = seededRandom(seed);
  const pick = <T>(all: readonly T[]): T => all[Math.floor(random() * all.length)]!;
  const id = () => Math.floor(random() * 2 ** 40).toString(36);

  const junk = (depth = 3): Json => {
    const leaves: (() => Json)[] = [
      () => null,
      () => random() < 0.5,
      () => (random() - 0.5) * 10 ** pick([0, 3, 21, 300]),
      () => Number.MAX_SAFE_INTEGER + 2,
      () => '',
      () =>
        pick([
          '../..',
          '; rm -rf /',
          '\u0000',
          '\ud800',
          '𝒳',
          '__proto__',
          '<script>',
          '%00',
          'x'.repeat(300),
        ]),
    ];
    const branches: (() => Json)[] = [
      () => Array.from({ length: Math.floor(random() * 4) }, () => junk(depth - 1)),
      () => ({ [pick(['lab', 'node', 'task', 'verb', 'toString', 'length'])]: junk(depth - 1) }),
      () => JSON.parse('{"__proto__":{"polluted":true}}') as Json,
      () => ({ constructor: { prototype: { polluted: true } } }),
    ];
    return pick(depth > 0 ? [...leaves, ...branches] : leaves)();
  };

  /** One thing in it becomes another, goes, or comes. */
  const mutate = (value: Json): Json => {
    if (typeof value !== 'object' || value === null || random() < 0.15) return junk();
    const keys = Object.keys(value);
    if (Array.isArray(value)) return value.map((one, at) => (at === 0 ? mutate(one) : one)).concat([junk()]);
    const key = pick(keys);
    if (keys.length === 0 || random() < 0.2)
      return { ...value, [pick(['extra', '__proto__', 'constructor'])]: junk() };
    if (random() < 0.2) return Object.fromEntries(Object.entries(value).filter(([name]) => name !== key));
    return { ...value, [key]: mutate(value[key] ?? null) };
  };

  const wrongInput = (): Malformed => {
    for (;;) {
      const { url, schema, accepts } = pick(procedures);
      const json = schema ? mutate(sampleOf(schema, random)) : junk();
      // What JSON makes of it is what arrives.
      if (accepts(JSON.parse(JSON.stringify(json)))) continue;
      const name = id();
      return { data: JSON.stringify({ i: name, p: { u: url, b: { json } } }), deserves: { answer: name } };
    }
  };

  const wrongCall = (): Malformed => {
    const name = id();
    const { url, accepts } = pick(procedures.filter((one) => one.schema && !one.accepts({})));
    const wrong = (): Json => {
      const json = junk();
      return accepts(JSON.parse(JSON.stringify(json))) ? wrong() : json;
    };
    const paths = [
      '/',
      '/labs',
      `${url}/more`,
      '/__proto__',
      '/constructor/name',
      '/labs/toString',
      url.toUpperCase(),
      `/x${url}`,
    ];
    const p = pick<() => object>([
      () => ({ u: pick(paths), b: { json: junk() } }),
      () => ({ u: url }),
      // What the serialiser of oRPC reads beside the input: types by their path, and blobs.
      () => ({ u: url, b: { json: wrong(), meta: [[1, '__proto__', 'polluted']] } }),
      () => ({
        u: url,
        b: { json: { lab: 'demo' }, meta: [[pick([0, 1, 2, 3, 4, 5, 6, 7]), 'lab'], junk()] },
      }),
      () => ({ u: url, b: { json: wrong(), meta: junk() } }),
      () => ({ u: url, b: { json: wrong(), maps: [['__proto__', 'polluted']], meta: [] } }),
      () => ({ u: url, b: { [pick(['JSON', '__proto__', 'meta'])]: junk() } }),
    ])();
    return { data: JSON.stringify({ i: name, p }), deserves: { answer: name } };
  };

  const noCall = (): Malformed => {
    const good = JSON.stringify({ i: id(), p: { u: pick(procedures).url, b: { json: { lab: 'demo' } } } });
    const data = pick<() => unknown>([
      () => good.slice(0, Math.floor(random() * good.length)),
      () => good.replace(pick(['{', '"', ':', '}', ',']), ''),
      () => `${good}${good}`,
      () => JSON.stringify(junk()),
      () => '['.repeat(Math.floor(random() * 60_000)),
      () => `{"i":"1","p":{"u":"/labs/act","b":{"json":${'['.repeat(20_000)}`,
      () => good.padEnd(640 * 1024 + 1 + Math.floor(random() * 1000)),
      () => JSON.stringify({ i: junk(0), t: 4, more: 1 }),
      () => JSON.stringify({ i: pick([5, null, '', 'x'.repeat(33), {}]), p: { u: '/labs/remove' } }),
      () => JSON.stringify({ i: id(), t: pick([0, 1, 2, 3, 5, '4']), p: { e: 'message', d: junk() } }),
      () =>
        JSON.stringify({
          i: id(),
          p: { u: pick(['http://127.0.0.1/labs/remove', '', 5, null, `/${'x'.repeat(200)}`]) },
        }),
      () =>
        JSON.stringify({
          i: id(),
          p: { u: '/labs/remove', m: 'GET', h: { 'x-file': 'y' }, b: { json: { lab: 'demo' } } },
        }),
      () => JSON.stringify({ i: id(), p: { u: '/labs/remove', b: pick([null, [], 'lab', 5]) } }),
      () => new Uint8Array(Array.from({ length: Math.floor(random() * 200) }, () => random() * 256)),
      () => new TextEncoder().encode(good),
    ])();
    return { data, deserves: 'refusal' };
  };

  for (;;) yield pick([wrongInput, wrongInput, wrongInput, wrongCall, noCall])();
}
