/** Returns the contract for a reader: without HEAD, which repeats GET, and with the problems of an operation in one answer. */
export function forReading(contract) {
  for (const path of Object.values(contract.paths)) {
    delete path.head;
    for (const operation of Object.values(path)) {
      operation.responses = foldProblems(operation.responses);
    }
  }

  return contract;
}

function foldProblems(responses) {
  const folded = {};
  const problems = [];
  let content;
  for (const [status, response] of Object.entries(responses)) {
    if (response.content?.["application/problem+json"]) {
      problems.push(`- \`${status}\` ${response.description}`);
      content ??= response.content;
    } else {
      folded[status] = response;
    }
  }

  if (content) {
    folded.default = { description: `Problem details (RFC 9457):\n\n${problems.join("\n")}`, content };
  }

  return folded;
}
