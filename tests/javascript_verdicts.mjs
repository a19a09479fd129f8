// Reads cases, one JSON a line, and answers each with the verdict of our JavaScript module, or with what it threw.
import { createInterface } from 'node:readline';

const { check } = await import(process.argv[2]);
for await (const line of createInterface({ input: process.stdin })) {
  const { data, now, ...given } = JSON.parse(line);
  const verdict = await check(data, { ...given, now: new Date(now * 1000) })
    .catch(thrown => ({ thrown: String(thrown) }));
  console.log(JSON.stringify(verdict));
}
