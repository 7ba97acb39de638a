/**
 * Lets libraries that write style elements (xterm.js) work under our CSP, which allows no inline style: the text of a
 * style element made by a script goes into a stylesheet of the document instead, which the CSP does not forbid.
 * To be called once.
 */
export function adoptStyleElements(): void {
  const sheets = new WeakMap<Node, CSSStyleSheet>();
  const drop = (element: Node) => {
    const sheet = sheets.get(element);
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((each) => each !== sheet);
    sheets.delete(element);
  };
  Object.defineProperties(HTMLStyleElement.prototype, {
    textContent: {
      configurable: true,
      set(this: HTMLStyleElement, text: string) {
        let sheet = sheets.get(this);
        if (!sheet) {
          sheets.set(this, (sheet = new CSSStyleSheet()));
          document.adoptedStyleSheets.push(sheet);
        }
        sheet.replaceSync(text);
      },
    },
    remove: {
      configurable: true,
      value(this: HTMLStyleElement) {
        drop(this);
        Element.prototype.remove.call(this);
      },
    },
  });
}
