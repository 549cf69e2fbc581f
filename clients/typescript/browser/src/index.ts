export {
  type ApiOptions,
  type DeviceList,
  SessionEndedError,
  SessionUnreachableError,
  SignInRequiredError,
} from './api.js';
export { Countdown, type PageClocks, type TimeLeft } from './countdown.js';
export { SessionChangeEvent, type SessionState, SessionTickEvent } from './events.js';
export { BrowserSession, type BrowserSessionOptions } from './session.js';
export { type DeviceTexts, english, german } from './texts.js';
