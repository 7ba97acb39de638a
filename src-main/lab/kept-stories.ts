const [quote, backslash, comma] = [0x22, 0x5c, 0x2c];
const [openList, closeList, openObject, closeObject] = [0x5b, 0x5d, 0x7b, 0x7d];
/** In a string the quotes would have backslashes before them. */
const key = Buffer.from('"stories":[');
const answered = Buffer.from('"outcome":"answered"');

/**
 * Takes out of an observation's JSON all stories but the first answered one, or the first where none is: a thousand of
 * them are 12 MB, and hundreds when parsed. What is no such JSON stays as it is.
 */
export function withOneStory(json: Buffer): Buffer {
  return withChosen(json, (stories) => {
    const chosen = stories.find((story) => story.includes(answered)) ?? stories[0];
    return chosen ? [chosen] : [];
  });
}

/** The same, with the first so many stories left in it. */
export function withStories(json: Buffer, most: number): Buffer {
  return withChosen(json, (stories) => stories.slice(0, most));
}

function withChosen(json: Buffer, choose: (stories: readonly Buffer[]) => Buffer[]): Buffer {
  const begin = json.indexOf(key) + key.length;
  if (begin < key.length) return json;
  const stories: Buffer[] = [];
  let at = begin;
  while (json[at] === openObject) {
    const end = endOfValue(json, at);
    if (end === undefined) return json;
    stories.push(json.subarray(at, end));
    at = json[end] === comma ? end + 1 : end;
  }
  if (json[at] !== closeList) return json;
  const chosen = choose(stories).flatMap((story, index) =>
    index === 0 ? [story] : [Buffer.of(comma), story],
  );
  return Buffer.concat([json.subarray(0, begin), ...chosen, json.subarray(at)]);
}

/** Where the object that begins at a place ends, its last bracket included. */
function endOfValue(json: Buffer, from: number): number | undefined {
  let depth = 0;
  let inString = false;
  for (let at = from; at < json.length; at += 1) {
    const byte = json[at] ?? 0;
    if (inString) {
      if (byte === backslash) at += 1;
      else if (byte === quote) inString = false;
    } else if (byte === quote) inString = true;
    else if (byte === openList || byte === openObject) depth += 1;
    else if ((byte === closeList || byte === closeObject) && --depth <= 0) return at + 1;
  }
  return undefined;
}
