// fastify and @fastify/session on connect-redis, with the libraries' defaults.
import fastify from 'fastify';
import cookie from '@fastify/cookie';
import session from '@fastify/session';
import { RedisStore } from 'connect-redis';
import { createClient } from 'redis';

const redis = await createClient({ url: `redis://${process.env.REDIS}` }).connect();
const app = fastify();
app.get('/health', async () => ({}));
app.register(cookie);
app.register(async (api) => {
  api.register(session, {
    store: new RedisStore({ client: redis, prefix: 'fastify:' }),
    secret: 'a secret of the bench with 32 characters',
    saveUninitialized: false,
    cookie: { secure: false, maxAge: 86_400_000 },
  });

  api.post('/create', async (request, reply) => {
    request.session.content = { ...request.body, createdAt: new Date().toISOString() };
    return reply.code(201).send({});
  });
  api.get('/read', async (request, reply) => request.session.content ?? reply.code(401).send({}));
  api.post('/update', async (request, reply) => {
    const { content } = request.session;
    if (!content) {
      return reply.code(401).send({});
    }

    const changed = { ...content, data: { ...content.data, ...request.body } };
    request.session.content = changed;
    return changed.data;
  });
  api.post('/end', async (request, reply) => {
    await request.session.destroy();
    return reply.code(204).send();
  });
});

await app.listen({ port: Number(process.env.PORT), host: '127.0.0.1' });
