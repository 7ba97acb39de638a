/** How a file is written at a prompt. @param content Whole lines. */
export function fileAsTyped(path: string, content: string): string {
  return `cat >${path} <<'EOF'\n${content}EOF`;
}
