import uPlot from 'uplot';
import { colourOf } from './use-colours.ts';

/** One line over time. */
export interface PlotLine {
  readonly values: readonly (number | null)[];
  /** A token of app/style.css. */
  readonly colour: string;
  /** Of a run that is laid over the one shown. */
  readonly dashed: boolean;
}

export interface TimePlot {
  /** Seconds. */
  readonly times: readonly number[];
  readonly lines: readonly PlotLine[];
  /** Failed requests by piece of time; each piece with some is marked at the top. */
  readonly failed: readonly number[];
}

interface PlotOptions {
  readonly width: number;
  readonly height: number;
  /** What is pointed at; null when nothing is. */
  readonly onPoint: (index: number | null) => void;
}

const syncKey = 'traffic';

/** A chart without lines yet; `showPlot` gives it some. */
export function createPlot(
  target: HTMLElement,
  { lines }: TimePlot,
  { width, height, onPoint }: PlotOptions,
): { show: (plot: TimePlot) => void; resize: (width: number) => void; redraw: () => void; end: () => void } {
  let failed: readonly number[] = [];
  const plot = new uPlot(
    {
      ...{ width, height, padding: [10, 20, 0, 0], legend: { show: false } },
      cursor: { sync: { key: syncKey }, drag: { x: false, y: false }, points: { show: false } },
      scales: { x: { time: false }, y: { range: (_, __, max) => [0, Math.max(max, 0.001) * 1.2] } },
      axes: [
        axis({ size: 24, values: (_, ticks) => ticks.map((tick) => `${tick} s`) }),
        axis({ size: (_, labels) => axisWidth(labels) }),
      ],
      series: [{}, ...lines.map(seriesOf)],
      hooks: {
        draw: [
          (self) => {
            markFailures(self, failed);
          },
        ],
        setCursor: [
          (self) => {
            onPoint(self.cursor.idx ?? null);
          },
        ],
      },
    },
    [[], ...lines.map(() => [])],
    target,
  );
  return {
    show: (next) => {
      failed = next.failed;
      plot.setData([[...next.times], ...next.lines.map(({ values }) => [...values])]);
    },
    resize: (next) => {
      plot.setSize({ width: next, height });
    },
    redraw: () => {
      plot.redraw(false, true);
    },
    end: () => {
      plot.destroy();
    },
  };
}

/** Room for the longest label of an upright axis, at 11 px of a fixed-width font. */
function axisWidth(labels: readonly string[] | null): number {
  const longest = Math.max(0, ...(labels ?? []).map((label) => label.length));
  return Math.max(44, Math.ceil(longest * 7) + 12);
}

function axis(own: uPlot.Axis): uPlot.Axis {
  return {
    stroke: () => colourOf('--text-soft'),
    grid: { stroke: () => colourOf('--line'), width: 1 },
    ticks: { show: false },
    font: `11px ${colourOf('--mono')}`,
    gap: 4,
    ...own,
  };
}

function seriesOf({ colour, dashed }: PlotLine): uPlot.Series {
  return {
    stroke: () => colourOf(colour),
    width: 1.5,
    spanGaps: true,
    // Too few make no line.
    points: { show: ({ data: [times] }) => times.length < 4 },
    ...(dashed ? { dash: [5, 4] } : {}),
  };
}

/** A cross at the top of each piece of time in which requests failed. */
function markFailures(plot: uPlot, failed: readonly number[]): void {
  const { ctx: pen, bbox, data } = plot;
  const arm = 3 * devicePixelRatio;
  pen.save();
  pen.strokeStyle = colourOf('--status-failed');
  pen.lineWidth = 1.5 * devicePixelRatio;
  // What was drawn last may have been a dashed line.
  pen.setLineDash([]);
  pen.beginPath();
  failed.forEach((count, index) => {
    const time = data[0][index];
    if (count === 0 || time === undefined) return;
    const x = plot.valToPos(time, 'x', true);
    const y = bbox.top + 2 * arm;
    pen.moveTo(x - arm, y - arm);
    pen.lineTo(x + arm, y + arm);
    pen.moveTo(x + arm, y - arm);
    pen.lineTo(x - arm, y + arm);
  });
  pen.stroke();
  pen.restore();
}
