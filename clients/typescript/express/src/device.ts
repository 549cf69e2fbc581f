import type { IncomingMessage } from 'node:http';
import type { NewDevice } from '@session-functions/client';

/** What of a request is read. Express adds `ip`, which honours its `trust proxy` setting. */
export type DeviceRequest = Pick<IncomingMessage, 'headers' | 'socket'> & { ip?: string | undefined };

/** Address of the user; undefined when it is not known. */
export function addressOf(request: DeviceRequest): string | undefined {
  const address = request.ip ?? request.socket?.remoteAddress;
  // An IPv4 client of a dual-stack socket; with a scope, an address means something on this machine only.
  return address?.replace(/^::ffff:(?=\d+\.\d+\.\d+\.\d+$)/i, '').replace(/%.*$/, '');
}

/** Device of a request: its user agent, client hints and address. */
export function deviceOf(request: DeviceRequest): NewDevice {
  const device: NewDevice = {};
  const members = {
    userAgent: request.headers['user-agent'],
    secChUa: request.headers['sec-ch-ua'],
    secChUaPlatform: request.headers['sec-ch-ua-platform'],
    secChUaMobile: request.headers['sec-ch-ua-mobile'],
    ipAddress: addressOf(request),
  };
  for (const [name, value] of Object.entries(members)) {
    if (typeof value === 'string' && value !== '') {
      device[name as keyof typeof members] = value;
    }
  }
  return device;
}
