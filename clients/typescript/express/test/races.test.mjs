import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { Visitor } from '../../testing/app.mjs';
import { gate } from '../../testing/gate.mjs';
import { appWith, idOf, newStore } from './support.mjs';

/** An app in which a request can be held between its load and its save. */
async function heldApp(t, options) {
  const store = newStore(options);
  const held = new Map();
  const app = await appWith(t, store, (it) => {
    it.get('/start', (request, response) => {
      request.session.started = true;
      response.send('started');
    });
    it.get('/save', async (request, response) => {
      const { arrived, goOn } = held.get(request.query.name);
      arrived.open();
      await goOn.opened;
      request.session[request.query.name] = true;
      response.send('saved');
    });
    it.get('/nested', async (request, response) => {
      const { arrived, goOn } = held.get(request.query.name);
      arrived.open();
      await goOn.opened;
      request.session.cart = { ...request.session.cart, [request.query.name]: 1 };
      response.send('saved');
    });
    it.get('/read', async (_request, response) => {
      const { arrived, goOn } = held.get('read');
      arrived.open();
      await goOn.opened;
      response.send('read');
    });
    it.get('/destroy', (request, response, next) =>
      request.session.destroy((error) => (error ? next(error) : response.send('out'))),
    );
    it.get('/regenerate', (request, response, next) => {
      request.session.regenerate((error) => {
        request.session.regenerated = true;
        error ? next(error) : response.send('new');
      });
    });
    it.get('/show', (request, response) => {
      const { cookie: _, ...rest } = request.session;
      response.json(rest);
    });
  });
  const hold = (name) => {
    const both = { arrived: gate(), goOn: gate() };
    held.set(name, both);
    return both;
  };
  const visitor = app.visitor;
  await visitor.get('/start');
  const same = () => Object.assign(new Visitor(app.origin), { cookies: new Map(visitor.cookies) });
  return { ...app, store, hold, same };
}

test('A session that is destroyed while a request saves stays ended', async (t) => {
  const { visitor, store, hold, same } = await heldApp(t);
  const id = idOf(visitor);
  const { arrived, goOn } = hold('late');
  const late = same().get('/save?name=late');
  await arrived.opened;
  assert.equal((await same().get('/destroy')).text, 'out');

  goOn.open();

  // Nothing of it is the user's fault: the late request succeeds.
  assert.equal((await late).status, 200);
  assert.equal(await store.get(id), null);
  assert.equal((await store.endOf(id)).reason, 'signed-out');
});

test('The request after a late save has a new id', async (t) => {
  const { visitor, hold, same } = await heldApp(t);
  const { arrived, goOn } = hold('late');
  const other = same();
  const late = other.get('/save?name=late');
  await arrived.opened;
  await same().get('/destroy');
  goOn.open();
  await late;

  const again = await other.get('/start');

  assert.equal(again.status, 200);
  assert.notEqual(idOf(other), idOf(visitor));
});

test("Two requests that save different members keep each other's", async (t) => {
  const { hold, same, visitor } = await heldApp(t);
  const [one, other] = [hold('one'), hold('other')];
  const both = [same().get('/save?name=one'), same().get('/save?name=other')];
  await Promise.all([one.arrived.opened, other.arrived.opened]);

  one.goOn.open();
  other.goOn.open();
  await Promise.all(both);

  assert.deepEqual(JSON.parse((await visitor.get('/show')).text), { started: true, one: true, other: true });
});

test('Members of nested objects are kept as well', async (t) => {
  const { hold, same, visitor } = await heldApp(t);
  const [one, other] = [hold('one'), hold('other')];
  const both = [same().get('/nested?name=one'), same().get('/nested?name=other')];
  await Promise.all([one.arrived.opened, other.arrived.opened]);

  one.goOn.open();
  other.goOn.open();
  await Promise.all(both);

  assert.deepEqual(JSON.parse((await visitor.get('/show')).text), { started: true, cart: { one: 1, other: 1 } });
});

test('Many requests at once lose nothing', async (t) => {
  const { hold, same, visitor } = await heldApp(t);
  const names = Array.from({ length: 6 }, (_, i) => `n${i}`);
  const gates = names.map(hold);
  const requests = names.map((name) => same().get(`/save?name=${name}`));
  await Promise.all(gates.map((both) => both.arrived.opened));

  for (const both of gates) {
    both.goOn.open();
  }
  assert.ok((await Promise.all(requests)).every((answer) => answer.status === 200));

  assert.deepEqual(
    Object.keys(JSON.parse((await visitor.get('/show')).text)).toSorted(),
    [...names, 'started'].toSorted(),
  );
});

test('Without merge the last save replaces the whole value, as in other stores', async (t) => {
  const { hold, same, visitor } = await heldApp(t, { merge: false });
  const [one, other] = [hold('one'), hold('other')];
  const [first, second] = [same().get('/save?name=one'), same().get('/save?name=other')];
  await Promise.all([one.arrived.opened, other.arrived.opened]);

  one.goOn.open();
  await first;
  other.goOn.open();
  await second;

  assert.deepEqual(JSON.parse((await visitor.get('/show')).text), { started: true, other: true });
});

test('A session that is regenerated while a request touches it is not brought back', async (t) => {
  const { visitor, store, hold, same } = await heldApp(t);
  const old = idOf(visitor);
  const { arrived, goOn } = hold('read');
  const touching = same().get('/read');
  await arrived.opened;
  const renewed = same();
  await renewed.get('/regenerate');

  goOn.open();

  assert.equal((await touching).status, 200);
  assert.equal(await store.get(old), null);
  assert.equal((await store.get(idOf(renewed))).regenerated, true);
});

test('Saves and a destroy at the same time never leave a live session', async () => {
  const store = newStore();
  for (let round = 0; round < 10; round++) {
    const id = randomUUID();
    await store.set(id, { cookie: { originalMaxAge: null }, n: 0 });

    await Promise.all([
      store.set(id, { cookie: { originalMaxAge: null }, n: 1 }),
      store.destroy(id),
      store.touch(id, { cookie: { originalMaxAge: null } }),
      store.set(id, { cookie: { originalMaxAge: null }, n: 2 }),
    ]);

    assert.equal(await store.get(id), null);
  }
});

test('A second save of a request keeps what others saved before the first', async () => {
  const store = newStore();
  const id = randomUUID();
  await store.set(id, { cookie: { originalMaxAge: null } });
  const mine = await store.get(id);
  const theirs = await store.get(id);
  const request = { sessionID: id, sessionStore: store };
  const session = store.createSession(request, mine);
  await store.set(id, Object.assign(store.createSession({ ...request }, theirs), { other: 1 }));

  session.one = 1;
  await store.set(id, session);
  session.two = 2;
  await store.set(id, session);

  const { cookie: _, ...rest } = await store.get(id);
  assert.deepEqual(rest, { other: 1, one: 1, two: 2 });
});
