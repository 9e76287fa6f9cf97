// Reads [[name, statement], …] as JSON from standard input and writes the errors that Neo4j's own
// parser finds, as [[name, message], …]. The folder of the parser is the first argument.
const { createRequire } = require("node:module");
const path = require("node:path");
const inside = createRequire(path.join(process.argv[2], "package.json"));
const { lintCypherQuery } = inside("@neo4j-cypher/language-support");

const parametersOf = (text) =>
  Object.fromEntries([...text.matchAll(/\$(\w+)/g)].map((found) => [found[1], null]));
const statements = JSON.parse(require("node:fs").readFileSync(0, "utf8"));
const errors = statements.flatMap(([name, text]) =>
  // The parser wants to know the parameters; which values they get is for the driver to say.
  lintCypherQuery(text, { parameters: parametersOf(text) })
    .diagnostics.filter((found) => found.severity === 1)
    .map((found) => [name, `${found.range.start.line + 1}: ${found.message}`]),
);
process.stdout.write(JSON.stringify(errors));
