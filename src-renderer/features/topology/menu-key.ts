/** Whether a key asks for a context menu; then the browser's own does not come. */
export function isMenuKey(event: KeyboardEvent): boolean {
  const asked = event.key === 'ContextMenu' || (event.shiftKey && event.key === 'F10');
  if (asked) event.preventDefault();
  return asked;
}
