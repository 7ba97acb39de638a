export type Json = null | boolean | number | string | Json[] | { [name: string]: Json };

/** As much of JSON Schema as the contract's inputs come to. */
export interface JsonSchema {
  readonly type?: string;
  readonly const?: Json;
  readonly enum?: readonly Json[];
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly items?: JsonSchema;
  readonly minimum?: number;
  readonly exclusiveMinimum?: number;
}

/** A value near to what a schema takes: of its shape, and mostly of its bounds. */
export function sampleOf(schema: JsonSchema, random: () => number): Json {
  const choices = schema.oneOf ?? schema.anyOf;
  if (choices) return sampleOf(pickOf(choices, random), random);
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return pickOf(schema.enum, random);
  return samples[schema.type ?? 'null']?.(schema, random) ?? null;
}

const number = ({ minimum, exclusiveMinimum = 0 }: JsonSchema) => minimum ?? exclusiveMinimum + 1;

const samples: Readonly<Record<string, (schema: JsonSchema, random: () => number) => Json>> = {
  object: ({ properties = {}, required = [] }, random) => {
    const chosen = Object.entries(properties).filter(([name]) => required.includes(name) || random() < 0.5);
    return Object.fromEntries(chosen.map(([name, one]) => [name, sampleOf(one, random)]));
  },
  array: ({ items }, random) => (items ? [sampleOf(items, random)] : []),
  string: (_, random) => pickOf(['demo', 'rs1', 'dr', 'three-modes'], random),
  integer: number,
  number,
  boolean: (_, random) => random() < 0.5,
};

function pickOf<T>(all: readonly T[], random: () => number): T {
  return all[Math.floor(random() * all.length)]!;
}
