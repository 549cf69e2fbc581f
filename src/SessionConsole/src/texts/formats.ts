const numbers = new Intl.NumberFormat('en');
const moments = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'medium' });
const hours = new Intl.DateTimeFormat('en', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });

const units = [
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
  ['second', 1],
] as const;

const short = { day: 'd', hour: 'h', minute: 'min', second: 's' } as const;

/** Numbers, instants and counts as a person reads them. */
export const formats = {
  number: (value: number) => numbers.format(value),
  moment: (instant: string) => moments.format(new Date(instant)),
  hour: (instant: string) => hours.format(new Date(instant)),
  ago: (instant: string, now: number = Date.now()) => {
    const seconds = Math.round((Date.parse(instant) - now) / 1000);
    const [unit, length] = units.find(([, size]) => Math.abs(seconds) >= size) ?? units[3];
    return relative.format(Math.trunc(seconds / length), unit);
  },
  duration: (seconds: number) => {
    const parts = units.flatMap(([unit, size], index) => {
      const above = units[index - 1]?.[1] ?? Number.POSITIVE_INFINITY;
      const count = Math.floor((seconds % above) / size);
      return count === 0 ? [] : [`${numbers.format(count)} ${short[unit]}`];
    });
    return parts.slice(0, 2).join(' ') || `0 ${short.second}`;
  },
  sessions: (count: number) => `${numbers.format(count)} ${count === 1 ? 'session' : 'sessions'}`,
};
