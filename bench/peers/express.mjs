// express-session on connect-redis, with the libraries' defaults.
import express from 'express';
import session from 'express-session';
import { RedisStore } from 'connect-redis';
import { createClient } from 'redis';

const redis = await createClient({ url: `redis://${process.env.REDIS}` }).connect();
const app = express();
app.disable('x-powered-by');
app.get('/health', (request, response) => response.json({}));
app.use(express.json());
app.use(session({
  store: new RedisStore({ client: redis, prefix: 'express:' }),
  secret: 'a secret of the bench with 32 characters',
  resave: false,
  saveUninitialized: false,
  cookie: { maxAge: 86_400_000 },
}));

app.post('/create', (request, response) => {
  request.session.content = { ...request.body, createdAt: new Date().toISOString() };
  response.status(201).json({});
});
app.get('/read', (request, response) => {
  const { content } = request.session;
  return content ? response.json(content) : response.status(401).json({});
});
app.post('/update', (request, response) => {
  const { content } = request.session;
  if (!content) {
    return response.status(401).json({});
  }

  Object.assign(content.data, request.body);
  return response.json(content.data);
});
app.post('/end', (request, response, next) => {
  request.session.destroy((error) => (error ? next(error) : response.status(204).end()));
});

app.listen(Number(process.env.PORT), '127.0.0.1');
