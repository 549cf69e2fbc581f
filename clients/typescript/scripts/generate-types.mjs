// Writes client/src/generated/openapi.ts from the contract of the API. With --check it only compares.
import { readFile, writeFile } from 'node:fs/promises';
import openapiTS, { astToString } from 'openapi-typescript';

const contract = new URL('../../../docs/openapi.json', import.meta.url);
const target = new URL('../client/src/generated/openapi.ts', import.meta.url);

export async function generated() {
  const document = JSON.parse(await readFile(contract, 'utf8'));
  const ast = await openapiTS(document, { emptyObjectsUnknown: true, alphabetize: false });
  return `// Generated from docs/openapi.json by "npm run generate".\n\n${astToString(ast)}`;
}

export const committed = () => readFile(target, 'utf8');

if (process.argv[1] === new URL(import.meta.url).pathname) {
  await writeFile(target, await generated());
}
