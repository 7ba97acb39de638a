/** Lines of a comment, wrapped at `width` columns. A word longer than that has a line of its own. */
export function comment(text: string, { indent = '', width = 100 } = {}): string[] {
  const prefix = `${indent}# `;
  const lines: string[] = [];
  for (const word of text.split(/\s+/).filter(Boolean)) {
    const longer = lines.length > 0 ? `${lines.at(-1) ?? ''} ${word}` : '';
    if (longer && prefix.length + longer.length <= width) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines.map((line) => prefix + line);
}

/** A command's lines, indented where that does not change what they say: not within quotes or a here-document. */
export function indented(command: string, indent: string): string[] {
  const lines = command.trimEnd().split('\n');
  if (lines.length > 1 && (command.includes('<<') || quotesALineBreak(command))) return lines;
  return lines.map((line) => (line === '' ? '' : indent + line));
}

function quotesALineBreak(command: string): boolean {
  let quote = '';
  for (let at = 0; at < command.length; at += 1) {
    const char = command[at] ?? '';
    if (quote !== "'" && char === '\\') at += 1;
    else if (char === quote) quote = '';
    else if (quote && char === '\n') return true;
    else if (!quote && (char === "'" || char === '"')) quote = char;
  }
  return false;
}
