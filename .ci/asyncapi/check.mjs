// Parses an AsyncAPI document with AsyncAPI's own parser. Prints what the parser finds, and fails on errors and on a document that
// lacks what consumers rely on.
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { resolve } from "node:path";

const [file, modules] = process.argv.slice(2);
// Modules are looked up beside this script, but installed elsewhere.
const { Parser } = createRequire(resolve(modules, "package.json"))("@asyncapi/parser");

const ERROR = 0;
const { document, diagnostics } = await new Parser().parse(await readFile(file, "utf8"));
for (const { severity, code, path, message } of diagnostics) {
  console.log(`${severity === ERROR ? "error" : "note"} ${code} at /${path.join("/")}: ${message}`);
}
const errors = diagnostics.filter(({ severity }) => severity === ERROR).length;
if (errors > 0 || !document) {
  console.error(`asyncapi: ${file} has ${errors} errors`);
  process.exit(1);
}
const unexplained = document.allMessages().all().filter((message) => !message.hasHeaders() || !message.hasPayload());
if (unexplained.length > 0) {
  console.error(`asyncapi: without headers or payload: ${unexplained.map((message) => message.id()).join(", ")}`);
  process.exit(1);
}
console.log(`${file}: ${document.channels().all().length} channels, ${document.operations().all().length} operations,`
  + ` ${document.allMessages().all().length} messages, valid`);
