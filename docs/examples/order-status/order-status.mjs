// Follows the status of every order on the topic order-events. Written from docs/asyncapi.json alone.
//
//   node order-status.mjs ASYNCAPI_DOCUMENT BOOTSTRAP_SERVERS JOURNAL [GROUP]
//
// The journal has one line per change: {"order", "status", "sequence"}. A line is the effect of an event and remembers the
// event at once, so neither a redelivery nor a crash between the line and the commit of offsets has a second effect.
import { appendFileSync, closeSync, existsSync, fsyncSync, openSync, readFileSync, truncateSync } from "node:fs";
import Ajv from "ajv";
import addFormats from "ajv-formats";
import kafkajs from "kafkajs";
import lz4 from "lz4js";

const STATUS = new Map([
  ["dev.orderflow.order.placed", "PLACED"],
  ["dev.orderflow.order.reserved", "RESERVED"],
  ["dev.orderflow.order.paid", "PAID"],
  ["dev.orderflow.order.shipped", "SHIPPED"],
  ["dev.orderflow.order.delivered", "DELIVERED"],
  ["dev.orderflow.order.cancelled", "CANCELLED"],
]);

const [documentFile, servers, journalFile, groupId = "order-status-example"] = process.argv.slice(2);
const document = JSON.parse(readFileSync(documentFile, "utf8"));
const channel = document.channels["order-events"];

// The contract of each type: headers and data are checked before they are believed.
const ajv = addFormats(new Ajv({ strict: false })).addSchema(document, "asyncapi");
const contracts = new Map(Object.keys(channel.messages).map((type) => {
  const message = `asyncapi#/components/messages/${type}`;
  return [type, { headers: ajv.compile({ $ref: `${message}/headers` }), data: ajv.compile({ $ref: `${message}/payload` }) }];
}));

// A crash may have cut the last line. Its event will be delivered again.
const journalText = existsSync(journalFile) ? readFileSync(journalFile, "utf8") : "";
const complete = journalText.slice(0, journalText.lastIndexOf("\n") + 1);
if (complete !== journalText) truncateSync(journalFile, Buffer.byteLength(complete));
const orders = new Map(complete.split("\n").filter(Boolean).map((line) => JSON.parse(line)).map((it) => [it.order, it]));
const journal = openSync(journalFile, "a");
const passed = new Map(); // Numbers of events of unknown types, which are skipped but not missing.

// No control or invisible characters of a record reach a terminal: JSON escapes only those below U+0020.
function report(problem, record, detail = "") {
  const text = JSON.stringify(detail).replace(/[\u007f-\u009f\u2028\u2029\p{Cf}]/gu, (it) => `\\u{${it.codePointAt(0).toString(16)}}`);
  console.error(`${problem} offset=${record.offset} ${text}`);
}

function headersOf(record) {
  return Object.fromEntries(Object.entries(record.headers ?? {}).map(([name, value]) =>
    [name, String(Array.isArray(value) ? value.at(-1) : value)]));
}

function dataOf(record) {
  try {
    return JSON.parse(String(record.value));
  } catch {
    return undefined;
  }
}

// Returns what a record changes; undefined if nothing.
function changeBy(record) {
  const headers = headersOf(record);
  const type = headers.ce_type;
  const status = STATUS.get(type?.replace(/\.v\d+$/, ""));
  const contract = contracts.get(type);
  if (!contract && status) {
    // A fact that matters, in a version that the document does not have: skipping it would be wrong for ever.
    throw new Error(`${type} is unknown: start again with a newer AsyncAPI document`);
  }
  if (!contract) {
    passed.set(headers.ce_subject, Number(headers.ce_sequence) || 0);
    return report("skipped=unknown-type", record, type);
  }
  const data = dataOf(record);
  for (const [check, value] of [[contract.headers, headers], [contract.data, data]]) {
    if (!check(value)) return report("skipped=invalid", record, ajv.errorsText(check.errors));
  }
  const order = headers.ce_subject;
  const sequence = Number(headers.ce_sequence);
  const known = orders.get(order);
  if (known && sequence <= known.sequence) return undefined; // delivered again
  const last = Math.max(known?.sequence ?? 0, passed.get(order) ?? 0);
  if (known && sequence > last + 1) report("missing=event", record, { order, after: last });
  // The versions of one fact share an id, but each has its number: here the second one sets the same status again.
  return { order, status: status ?? known?.status ?? null, sequence };
}

function append(records) {
  const lines = [];
  for (const record of records) {
    const change = changeBy(record);
    if (change) {
      orders.set(change.order, change);
      lines.push(JSON.stringify(change) + "\n");
    }
  }
  if (lines.length > 0) {
    appendFileSync(journal, lines.join(""));
    fsyncSync(journal);
  }
}

kafkajs.CompressionCodecs[kafkajs.CompressionTypes.LZ4] = () => ({
  compress: async (encoder) => Buffer.from(lz4.compress(encoder.buffer)),
  decompress: async (buffer) => Buffer.from(lz4.decompress(buffer)),
});
const kafka = new kafkajs.Kafka({ clientId: groupId, brokers: servers.split(","), logLevel: kafkajs.logLevel.ERROR });
const consumer = kafka.consumer({ groupId });

async function stop(code) {
  await consumer.disconnect();
  closeSync(journal);
  process.exit(code);
}
process.on("SIGTERM", () => stop(0));

await consumer.connect();
await consumer.subscribe({ topic: channel.address, fromBeginning: true });
await consumer.run({
  eachBatch: async ({ batch }) => {
    try {
      append(batch.messages); // Offsets are committed after this returns.
    } catch (failure) {
      console.error(failure.message);
      process.exit(1); // What is in memory may be ahead of the journal: begin again from the journal.
    }
  },
});
console.log("ready");
