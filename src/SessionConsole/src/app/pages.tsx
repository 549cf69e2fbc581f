import type { ComponentType } from 'preact';
import type { Me } from '../api/types.js';
import { Events } from '../pages/events/Events.js';
import { Find } from '../pages/find/Find.js';
import { Incident } from '../pages/incident/Incident.js';
import { Keys } from '../pages/keys/Keys.js';
import { Maintenance } from '../pages/maintenance/Maintenance.js';
import { Overview } from '../pages/overview/Overview.js';
import { SessionDetail } from '../pages/session/SessionDetail.js';
import { UserSessions } from '../pages/user/UserSessions.js';
import { texts } from '../texts.js';
import type { IconName } from '../ui/Icon.js';

export type Scope = 'sessions.support' | 'sessions.operate';

export interface Page {
  name: string;
  title: string;
  /** What an operator needs to see it. */
  scope: Scope;
  component: ComponentType<{ parameters: URLSearchParams }>;
  /** Its drawing in the navigation; none for a page that others lead to. */
  icon?: IconName;
  /** The page of the navigation that it belongs to. */
  parent?: string;
}

/** Every page, in the order of the navigation. */
export const pages: readonly Page[] = [
  { name: 'overview', title: texts.pages.overview, scope: 'sessions.operate', component: Overview, icon: 'overview' },
  { name: 'find', title: texts.pages.find, scope: 'sessions.support', component: Find, icon: 'find' },
  { name: 'user', title: texts.pages.user, scope: 'sessions.support', component: UserSessions, parent: 'find' },
  { name: 'session', title: texts.pages.session, scope: 'sessions.support', component: SessionDetail, parent: 'find' },
  { name: 'incident', title: texts.pages.incident, scope: 'sessions.operate', component: Incident, icon: 'incident' },
  {
    name: 'maintenance',
    title: texts.pages.maintenance,
    scope: 'sessions.operate',
    component: Maintenance,
    icon: 'maintenance',
  },
  { name: 'events', title: texts.pages.events, scope: 'sessions.operate', component: Events, icon: 'events' },
  { name: 'keys', title: texts.pages.keys, scope: 'sessions.operate', component: Keys, icon: 'keys' },
];

/** The pages that somebody may see. `sessions.operate` includes `sessions.support`. */
export function pagesOf(me: Me): readonly Page[] {
  return pages.filter((page) => me.scopes.includes(page.scope) || me.scopes.includes('sessions.operate'));
}
