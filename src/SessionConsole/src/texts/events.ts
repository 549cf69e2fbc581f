import { formats } from './formats.js';

/** Events and their targets. */
export const events = {
  text: 'Every change of a session is an event. Targets receive it at least once and in order.',
  off: 'Events are off',
  offText: 'Set Events:Enabled on the server to record changes and deliver them.',
  targets: 'Targets',
  noTargets: 'No targets',
  noTargetsText: 'Events are recorded, and delivered to nobody. Set Events:Targets on the server.',
  columns: { name: 'Target', types: 'Types', state: 'State' },
  everyType: 'every type',
  states: { ok: 'Delivering', failing: 'Failing' },
  parked: 'Parked events',
  parkedText: 'A target did not take them in 72 hours. Replay gives them back to delivery, with their ids.',
  parkedCount: (count: number, isMinimum: boolean) => `${isMinimum ? 'At least ' : ''}${formats.number(count)}`,
  replay: 'Replay parked events',
  replayed: (count: number) =>
    count === 0
      ? 'No event was parked.'
      : `${formats.number(count)} ${count === 1 ? 'event is' : 'events are'} tried again.`,
};
