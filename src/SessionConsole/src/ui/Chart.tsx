import { useId, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { texts } from '../texts.js';

interface Series {
  name: string;
  values: readonly number[];
}

interface ChartProperties {
  title: string;
  /** Names of the points, oldest first. */
  labels: readonly string[];
  series: readonly [Series] | readonly [Series, Series];
}

const height = 210;
const left = 48;
const bottom = 22;
const top = 8;

/** Bars over time. The same numbers stand in a table below, for whoever does not see the drawing. */
export function Chart({ title, labels, series }: ChartProperties) {
  const id = useId();
  const [element, width] = useWidth();
  const highest = niceCeiling(Math.max(1, ...series.flatMap((one) => one.values)));
  const slot = (width - left) / Math.max(1, labels.length);
  const bar = Math.max(1, Math.min(16, (slot * 0.72) / series.length));
  const scale = (value: number) => (value / highest) * (height - bottom - top);
  const step = Math.ceil(labels.length / Math.max(2, width / 90));
  return (
    <figure class="chart" aria-labelledby={id} ref={element}>
      <figcaption id={id} class="visually-hidden">
        {title}
      </figcaption>
      {series.length > 1 ? (
        <p class="legend" aria-hidden="true">
          {series.map((one, index) => (
            <span key={one.name}>
              <i class={index === 0 ? 'a' : 'b'} />
              {one.name}
            </span>
          ))}
        </p>
      ) : null}
      <svg viewBox={`0 0 ${width} ${height}`} height={height} aria-hidden="true">
        {[0, 0.5, 1].map((part) => {
          const y = height - bottom - part * (height - bottom - top);
          return (
            <g key={part}>
              <line class="axis" x1={left} x2={width} y1={y} y2={y} />
              <text x={left - 8} y={y + 4} text-anchor="end">
                {texts.number(highest * part)}
              </text>
            </g>
          );
        })}
        {labels.map((label, index) => (
          <g key={label}>
            {series.map((one, place) => {
              const tall = scale(one.values[index] ?? 0);
              return (
                <rect
                  key={one.name}
                  class={place === 0 ? 'a' : 'b'}
                  x={left + slot * index + (slot - bar * series.length) / 2 + bar * place}
                  y={height - bottom - tall}
                  width={Math.max(1, bar - 1)}
                  height={tall}
                  rx={Math.min(2, tall)}
                />
              );
            })}
            {(labels.length - 1 - index) % step === 0 ? (
              <text
                x={index === labels.length - 1 ? width : left + slot * (index + 0.5)}
                y={height - 6}
                text-anchor={index === labels.length - 1 ? 'end' : 'middle'}
              >
                {label}
              </text>
            ) : null}
          </g>
        ))}
      </svg>
      <details>
        <summary>{texts.chart.asTable}</summary>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling area must be reachable by keyboard (WCAG 2.1.1) */}
        <section class="scrolls" tabIndex={0} aria-label={title}>
          <table class="table">
            <thead>
              <tr>
                <th scope="col">{texts.chart.time}</th>
                {series.map((one) => (
                  <th scope="col" class="number" key={one.name}>
                    {one.name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {labels.map((label, index) => (
                <tr key={label}>
                  <th scope="row">{label}</th>
                  {series.map((one) => (
                    <td class="number" key={one.name}>
                      {texts.number(one.values[index] ?? 0)}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      </details>
    </figure>
  );
}

/** Width of an element, so that the drawing fills it and its texts keep their size. */
function useWidth() {
  const element = useRef<HTMLElement>(null);
  const [width, setWidth] = useState(560);
  useLayoutEffect(() => {
    if (element.current === null) {
      return;
    }
    const observer = new ResizeObserver(([entry]) => setWidth(Math.max(200, entry?.contentRect.width ?? 560)));
    observer.observe(element.current);
    return () => observer.disconnect();
  }, []);
  return [element, width] as const;
}

/** The next of 1, 2, 4, 5, 10 times a power of ten, so that half of it is a round number too. */
function niceCeiling(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  const step = [1, 2, 4, 5, 10].find((factor) => factor * power >= value) ?? 10;
  return Math.max(2, step * power);
}
