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
  const begin = json.indexOf(key);
  if (begin === -1) return json;
  const first = begin + key.length;
  const end = endOfValue(json, first - 1);
  if (end === undefined) return json;
  let chosen: Buffer | undefined;
  for (let at = first; at < end - 1;) {
    const next = endOfValue(json, at);
    if (next === undefined) return json;
    const story = json.subarray(at, next);
    const good = story.includes(answered);
    if (good || !chosen) chosen = story;
    if (good) break;
    at = json[next] === comma ? next + 1 : next;
  }
  return Buffer.concat([json.subarray(0, first), chosen ?? Buffer.alloc(0), json.subarray(end - 1)]);
}

/** Where the object or list that begins at a place ends, its last bracket included. */
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
