import { SessionDevicesElement } from './devices.js';

export { SessionDevicesElement };

if (customElements.get('session-devices') === undefined) {
  customElements.define('session-devices', SessionDevicesElement);
}

declare global {
  interface HTMLElementTagNameMap {
    'session-devices': SessionDevicesElement;
  }
}
