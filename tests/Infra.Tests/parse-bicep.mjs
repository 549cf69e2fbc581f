// Parses Bicep with its tree-sitter grammar. One JSON line in ({"text"}) gives one JSON line out: the whole syntax tree.
// A node is {t: type, n: named, f: field, s: start, e: end, l: line, x: fault, c: children}; offsets are UTF-16 units.
import { createInterface } from 'node:readline';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Language, Parser } from 'web-tree-sitter';

const grammar = join(dirname(createRequire(import.meta.url).resolve('tree-sitter-bicep/package.json')), 'tree-sitter-bicep.wasm');
await Parser.init();
const parser = new Parser();
parser.setLanguage(await Language.load(grammar));

const write = (node, field) => ({
  t: node.type,
  n: node.isNamed,
  f: field ?? undefined,
  s: node.startIndex,
  e: node.endIndex,
  l: node.startPosition.row + 1,
  x: node.isError || node.isMissing || undefined,
  c: node.childCount === 0 ? undefined : node.children.map((child, i) => write(child, node.fieldNameForChild(i))),
});

for await (const line of createInterface({ input: process.stdin })) {
  const tree = parser.parse(JSON.parse(line).text);
  process.stdout.write(`${JSON.stringify(write(tree.rootNode))}\n`);
  tree.delete();
}
