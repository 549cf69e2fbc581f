const paths = {
  overview: 'M4 20V10M10 20V4M16 20v-7M21 20H3',
  find: 'M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13ZM20 20l-4.7-4.7',
  incident: 'M12 3 2.5 20h19L12 3ZM12 10v4.5M12 17.4v.1',
  maintenance:
    'M14.5 6.5a4 4 0 0 1 5-1l-3 3 1.5 1.5 3-3a4 4 0 0 1-5.2 5.2L8.5 19.5a2 2 0 0 1-3-3l7.3-7.3a4 4 0 0 1 1.7-2.7Z',
  events: 'M4 6h10M4 12h16M4 18h7M18 4v4M16 6h4',
  keys: 'M8 15a4 4 0 1 0 0-8 4 4 0 0 0 0 8ZM12 11h9M18 11v4M21 11v3',
  menu: 'M4 7h16M4 12h16M4 17h16',
  close: 'M6 6l12 12M18 6 6 18',
  empty: 'M4 13l2.5-8h11L20 13v6H4v-6ZM4 13h4.5l1 2.5h5l1-2.5H20',
  offline: 'M3 3l18 18M8.5 15.5a5 5 0 0 1 7 0M5 12a10 10 0 0 1 4-2.4M19 12a10 10 0 0 0-6.5-3M12 19v.1',
  system: 'M4 5h16v11H4V5ZM9 20h6M12 16v4',
  light:
    'M12 16.5a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9ZM12 2v2.5M12 19.5V22M2 12h2.5M19.5 12H22M5 5l1.7 1.7M17.3 17.3 19 19M5 19l1.7-1.7M17.3 6.7 19 5',
  dark: 'M20 14.5A8.5 8.5 0 1 1 9.5 4a7 7 0 0 0 10.5 10.5Z',
  leave: 'M14 4H6v16h8M10 12h11M17.5 8.5 21 12l-3.5 3.5',
  copy: 'M9 9h11v11H9V9ZM5 15H4V4h11v1',
  lock: 'M6 11h12v9H6v-9ZM8.5 11V8a3.5 3.5 0 0 1 7 0v3',
} as const;

export type IconName = keyof typeof paths;

/** A drawing beside a text; it says nothing of its own to a screen reader. */
export function Icon({ name }: { name: IconName }) {
  return (
    <svg
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      stroke-width="1.8"
      stroke-linecap="round"
      stroke-linejoin="round"
      aria-hidden="true"
    >
      <path d={paths[name]} />
    </svg>
  );
}
