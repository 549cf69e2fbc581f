/** Texts of `<session-devices>`. */
export interface DeviceTexts {
  heading: string;
  loading: string;
  failed: string;
  retry: string;
  signedOut: string;
  thisDevice: string;
  unknownDevice: string;
  remembered: string;
  lastActive: (ago: string) => string;
  signedIn: (date: string) => string;
  address: (address: string) => string;
  actor: (who: string, reason: string) => string;
  end: string;
  endOthers: string;
  endOthersQuestion: string;
  cancel: string;
  ended: (name: string) => string;
  endedOthers: (count: number) => string;
}

/** English, the default. */
export const english: DeviceTexts = {
  heading: 'Your devices',
  loading: 'Loading your devices…',
  failed: 'Your devices cannot be shown right now.',
  retry: 'Try again',
  signedOut: 'You are signed out.',
  thisDevice: 'This device',
  unknownDevice: 'Unknown device',
  remembered: 'Stays signed in',
  lastActive: (ago) => `Last active ${ago}`,
  signedIn: (date) => `Signed in ${date}`,
  address: (address) => `Address ${address}`,
  actor: (who, reason) => `${who} is using your account here. Reason: ${reason}`,
  end: 'Sign out',
  endOthers: 'Sign out all other devices',
  endOthersQuestion: 'Sign out all other devices? You stay signed in on this one.',
  cancel: 'Cancel',
  ended: (name) => `${name} was signed out.`,
  endedOthers: (count) => (count === 1 ? '1 device was signed out.' : `${count} devices were signed out.`),
};

/** German. */
export const german: DeviceTexts = {
  heading: 'Ihre Geräte',
  loading: 'Ihre Geräte werden geladen …',
  failed: 'Ihre Geräte können gerade nicht angezeigt werden.',
  retry: 'Erneut versuchen',
  signedOut: 'Sie sind abgemeldet.',
  thisDevice: 'Dieses Gerät',
  unknownDevice: 'Unbekanntes Gerät',
  remembered: 'Bleibt angemeldet',
  lastActive: (ago) => `Zuletzt aktiv ${ago}`,
  signedIn: (date) => `Angemeldet am ${date}`,
  address: (address) => `Adresse ${address}`,
  actor: (who, reason) => `${who} verwendet hier Ihr Konto. Grund: ${reason}`,
  end: 'Abmelden',
  endOthers: 'Alle anderen Geräte abmelden',
  endOthersQuestion: 'Alle anderen Geräte abmelden? Auf diesem bleiben Sie angemeldet.',
  cancel: 'Abbrechen',
  ended: (name) => `${name} wurde abgemeldet.`,
  endedOthers: (count) => (count === 1 ? '1 Gerät wurde abgemeldet.' : `${count} Geräte wurden abgemeldet.`),
};

/** Texts for a language; English where there are none. */
export function textsFor(language: string): DeviceTexts {
  return /^de\b/i.test(language) ? german : english;
}

const steps: readonly [Intl.RelativeTimeFormatUnit, number][] = [
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
];

/** "5 minutes ago" in a language; the smallest unit is a minute. */
export function agoOf(seconds: number, language: string): string {
  const format = new Intl.RelativeTimeFormat(language, { numeric: 'auto' });
  for (const [unit, length] of steps) {
    if (seconds >= length) {
      return format.format(-Math.floor(seconds / length), unit);
    }
  }
  return format.format(0, 'second');
}
