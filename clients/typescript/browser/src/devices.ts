import type { OwnSessionListItem } from '@session-functions/client';
import { SessionEndedError } from './api.js';
import { BrowserSession } from './session.js';
import { deviceStyles } from './styles.js';
import { agoOf, type DeviceTexts, textsFor } from './texts.js';

let styleSheet: CSSStyleSheet | undefined;

/**
 * `<session-devices>`: the list of a user's devices, to see and to end. Attributes: `url` of the API (default `/api`), `heading-level`
 * (default 2), `lang`. Properties: `session` (shared with the page), `texts`. Dispatches `device-ended` with the sid in `detail`.
 */
export class SessionDevicesElement extends HTMLElement {
  static readonly observedAttributes = ['url', 'lang', 'heading-level'];

  readonly #root = this.attachShadow({ mode: 'open', delegatesFocus: false });
  readonly #status = element('p', { class: 'status', role: 'status' });
  readonly #body = element('div', {});
  #session: BrowserSession | undefined;
  #own: BrowserSession | undefined;
  #texts: Partial<DeviceTexts> = {};
  #loading = 0;
  readonly #onChange = () => void this.refresh();

  /** Session of the page, so that sign-out and list agree; without it the element asks `url` itself. */
  get session(): BrowserSession | undefined {
    return this.#session;
  }

  set session(session: BrowserSession | undefined) {
    this.#session?.removeEventListener('change', this.#onEnded);
    this.#session = session;
    session?.addEventListener('change', this.#onEnded);
    this.#refreshIfConnected();
  }

  /** Texts that replace those of the language. */
  get texts(): Partial<DeviceTexts> {
    return this.#texts;
  }

  set texts(texts: Partial<DeviceTexts>) {
    this.#texts = texts;
    this.#refreshIfConnected();
  }

  connectedCallback(): void {
    if (styleSheet === undefined) {
      styleSheet = new CSSStyleSheet();
      styleSheet.replaceSync(deviceStyles);
    }
    this.#root.adoptedStyleSheets = [styleSheet];
    this.#root.replaceChildren(this.#body, this.#status);
    addEventListener('online', this.#onChange);
    void this.refresh();
  }

  disconnectedCallback(): void {
    removeEventListener('online', this.#onChange);
    this.#own?.stop();
    this.#own = undefined;
  }

  attributeChangedCallback(name: string): void {
    if (name === 'url') {
      this.#own?.stop();
      this.#own = undefined;
    }
    this.#refreshIfConnected();
  }

  /** Reads the list again. */
  async refresh(): Promise<void> {
    const loading = ++this.#loading;
    const { heading, loading: text } = this.#words;
    if (this.#body.childElementCount === 0) {
      this.#show(this.#heading(heading), element('p', {}, text));
    }
    this.#body.setAttribute('aria-busy', 'true');
    try {
      const { devices, serverNow } = await this.#source.devices();
      if (loading === this.#loading) {
        this.#showDevices(devices, serverNow);
      }
    } catch (error) {
      if (loading === this.#loading) {
        this.#showFailure(error);
      }
    } finally {
      this.#body.removeAttribute('aria-busy');
    }
  }

  readonly #onEnded = () => {
    if (this.#session?.state === 'ended') {
      this.#showFailure(new SessionEndedError(this.#session.end));
    } else if (this.#session?.state === 'live' && this.#root.querySelector('ul') === null) {
      this.#refreshIfConnected();
    }
  };

  get #source(): BrowserSession {
    if (this.#session !== undefined) {
      return this.#session;
    }
    this.#own ??= new BrowserSession({ url: this.getAttribute('url') ?? '/api' });
    return this.#own;
  }

  get #language(): string {
    return this.closest('[lang]')?.getAttribute('lang') || navigator.language;
  }

  get #words(): DeviceTexts {
    return { ...textsFor(this.#language), ...this.#texts };
  }

  #refreshIfConnected(): void {
    if (this.isConnected) {
      void this.refresh();
    }
  }

  #heading(text: string): HTMLElement {
    const level = Math.min(6, Math.max(1, Number(this.getAttribute('heading-level') ?? 2) || 2));
    return element(`h${level}` as 'h2', { id: 'heading', tabindex: '-1' }, text);
  }

  #show(...nodes: Node[]): void {
    const section = element('section', { 'aria-labelledby': 'heading' });
    section.append(...nodes);
    this.#body.replaceChildren(section);
  }

  #showFailure(error: unknown): void {
    const words = this.#words;
    if (error instanceof SessionEndedError) {
      this.#show(this.#heading(words.heading), element('p', {}, words.signedOut));
      return;
    }
    const box = element('div', { class: 'error', role: 'alert' });
    const retry = element('button', { type: 'button', class: 'plain' }, words.retry);
    retry.addEventListener('click', () => {
      this.#focusHeading();
      void this.refresh();
    });
    box.append(element('p', {}, words.failed), retry);
    this.#show(this.#heading(words.heading), box);
  }

  #showDevices(devices: OwnSessionListItem[], serverNow: number): void {
    const words = this.#words;
    const list = element('ul', { role: 'list' });
    const ordered = [...devices.filter((device) => device.current), ...devices.filter((device) => !device.current)];
    list.append(...ordered.map((device) => this.#item(device, serverNow, words)));
    const nodes: Node[] = [this.#heading(words.heading), list];
    if (devices.some((device) => !device.current)) {
      nodes.push(...this.#endOthers(words));
    }
    this.#show(...nodes);
  }

  #item(device: OwnSessionListItem, serverNow: number, words: DeviceTexts): HTMLElement {
    const name = device.device?.name ?? words.unknownDevice;
    const item = element('li', device.current ? { 'aria-current': 'true' } : {});
    const title = element('p', { class: 'name' }, name);
    if (device.current) {
      title.append(' ', element('span', { class: 'badge' }, words.thisDevice));
    }
    const facts = element('div', { class: 'facts' });
    facts.append(title, this.#meta(device, serverNow, words));
    if (device.actor !== undefined) {
      facts.append(element('p', { class: 'actor' }, words.actor(device.actor.sub, device.actor.reason)));
    }
    item.append(facts);
    if (!device.current) {
      const button = element('button', { type: 'button' }, words.end);
      button.append(element('span', { class: 'hidden' }, ` ${name}`));
      button.addEventListener('click', () => void this.#endOne(button, device.sid, name));
      item.append(button);
    }
    return item;
  }

  #meta(device: OwnSessionListItem, serverNow: number, words: DeviceTexts): HTMLElement {
    const language = this.#language;
    const seconds = Math.max(0, (serverNow - Date.parse(device.lastSeenAt)) / 1000);
    const date = new Intl.DateTimeFormat(language, { dateStyle: 'medium' }).format(new Date(device.createdAt));
    const address = device.device?.lastIpAddress ?? device.device?.ipAddress;
    const meta = element('p', { class: 'meta' });
    meta.append(
      element('span', {}, words.lastActive(agoOf(seconds, language))),
      element('span', {}, words.signedIn(date)),
    );
    if (address !== null && address !== undefined) {
      meta.append(element('span', {}, words.address(address)));
    }
    if (device.persistent === true) {
      meta.append(element('span', {}, words.remembered));
    }
    return meta;
  }

  #endOthers(words: DeviceTexts): Node[] {
    const button = element('button', { type: 'button', class: 'all' }, words.endOthers);
    const dialog = element('dialog', { 'aria-labelledby': 'question' });
    const cancel = element('button', { type: 'button', class: 'plain' }, words.cancel);
    const confirm = element('button', { type: 'button' }, words.endOthers);
    const choices = element('div', { class: 'choices' });
    choices.append(cancel, confirm);
    dialog.append(element('p', { id: 'question' }, words.endOthersQuestion), choices);
    button.addEventListener('click', () => dialog.showModal());
    cancel.addEventListener('click', () => dialog.close());
    confirm.addEventListener('click', () => {
      dialog.close();
      void this.#end(button, async () => words.endedOthers((await this.#source.endOtherDevices()).ended), null);
    });
    return [button, dialog];
  }

  #endOne(button: HTMLButtonElement, sid: string, name: string): Promise<void> {
    return this.#end(
      button,
      async () => {
        await this.#source.endDevice(sid);
        return this.#words.ended(name);
      },
      sid,
    );
  }

  async #end(button: HTMLButtonElement, work: () => Promise<string>, sid: string | null): Promise<void> {
    button.disabled = true;
    this.#status.textContent = '';
    try {
      const told = await work();
      await this.refresh();
      this.#status.textContent = told;
      this.dispatchEvent(new CustomEvent('device-ended', { detail: { sid }, bubbles: true, composed: true }));
    } catch (error) {
      this.#showFailure(error);
    }
    // The button that had the focus is gone.
    this.#focusHeading();
  }

  #focusHeading(): void {
    (this.#root.querySelector('#heading') as HTMLElement | null)?.focus();
  }
}

function element<K extends keyof HTMLElementTagNameMap>(
  name: K,
  attributes: Record<string, string>,
  text?: string,
): HTMLElementTagNameMap[K] {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    made.setAttribute(key, value);
  }
  if (text !== undefined) {
    made.textContent = text;
  }
  return made;
}
