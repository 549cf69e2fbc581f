/** Header that says where the next page of lines begins. */
export const continuationName = 'Session-Continuation';

/** Fetches, and turns an answer of JSON lines into one JSON array, which the transport reads. */
export const arrayOfLines: typeof fetch = async (input, init) => {
  const answer = await fetch(input, init);
  if (!answer.headers.get('Content-Type')?.startsWith('application/x-ndjson')) {
    return answer;
  }
  const lines = (await answer.text()).split('\n').filter((line) => line !== '');
  return new Response(`[${lines.join(',')}]`, { status: answer.status, headers: answer.headers });
};
