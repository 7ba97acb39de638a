/** How one request looks in the strip: its server's number on its colour, or a cross. */
export interface StripCell {
  readonly sign: string;
  readonly colour: string;
  readonly failed: boolean;
}

interface Strip {
  readonly width: number;
  /** The place after the last that is shown, at the right. */
  readonly end: number;
  readonly cellOf: (place: number) => StripCell;
  /** The place that is pointed at. */
  readonly pointed: number | null;
  readonly ink: { readonly on: string; readonly pointed: string; readonly font: string };
}

export const cellWidth = 18;
export const cellHeight = 24;

/** How many requests there is room for. */
export function cellsIn(width: number): number {
  return Math.max(1, Math.floor(width / cellWidth));
}

/** Draws the requests up to `end`, newest at the right. */
export function drawStrip(canvas: HTMLCanvasElement, { width, end, cellOf, pointed, ink }: Strip): void {
  const scale = devicePixelRatio;
  canvas.width = width * scale;
  canvas.height = cellHeight * scale;
  const pen = canvas.getContext('2d');
  if (!pen) return;
  pen.scale(scale, scale);
  pen.font = `600 12px ${ink.font}`;
  pen.textAlign = 'center';
  pen.textBaseline = 'middle';
  for (let place = Math.max(0, end - cellsIn(width)); place < end; place += 1) {
    const left = width - (end - place) * cellWidth;
    const { sign, colour, failed } = cellOf(place);
    pen.fillStyle = colour;
    pen.strokeStyle = colour;
    pen.lineWidth = 1.5;
    if (failed) pen.strokeRect(left + 1.75, 2.75, cellWidth - 3.5, cellHeight - 5.5);
    else pen.fillRect(left + 1, 2, cellWidth - 2, cellHeight - 4);
    pen.fillStyle = failed ? colour : ink.on;
    pen.fillText(sign, left + cellWidth / 2, cellHeight / 2 + 0.5);
    if (place !== pointed) continue;
    pen.lineWidth = 2;
    pen.strokeStyle = ink.pointed;
    pen.strokeRect(left + 1, 1, cellWidth - 2, cellHeight - 2);
  }
}
