import { events } from './texts/events.js';
import { find } from './texts/find.js';
import { formats } from './texts/formats.js';
import { incident } from './texts/incident.js';
import { keys } from './texts/keys.js';
import { actions, audit, maintenance } from './texts/maintenance.js';
import { overview } from './texts/overview.js';
import { session, timeline, user } from './texts/sessions.js';
import { chart, failures, pages, signIn, theme } from './texts/shell.js';

/** Every text of the console that a person reads. */
export const texts = {
  name: 'Session console',
  skip: 'Skip to content',
  menu: 'Menu',
  navigation: 'Pages',
  loading: 'Loading',
  dismiss: 'Close this message',
  cancel: 'Cancel',
  close: 'Close',
  copied: 'Copied.',
  notCopied: 'The browser does not allow copying. Select the text instead.',
  none: 'none',
  unknown: 'unknown',
  yes: 'yes',
  no: 'no',
  refresh: 'Refresh',

  ...formats,
  theme,
  pages,
  signIn,
  failures,
  chart,
  overview,
  find,
  session,
  timeline,
  user,
  incident,
  maintenance,
  actions,
  audit,
  events,
  keys,
};
