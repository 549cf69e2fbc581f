// The receiver of docs/events.md. Below it, what the test adds.
// receiver: begin
import { createHmac, timingSafeEqual } from "node:crypto";
import express from "express";

const key = Buffer.from(process.env.SESSIONS_WEBHOOK_SECRET.slice("whsec_".length), "base64");
const app = express();
app.post("/hooks/sessions", express.raw({ type: "*/*" }), (request, response) => {
  const [id, at, signatures] = ["id", "timestamp", "signature"].map((name) => request.get(`webhook-${name}`) ?? "");
  const mac = createHmac("sha256", key).update(`${id}.${at}.`).update(request.body).digest("base64");
  const expected = Buffer.from("v1," + mac);
  const given = signatures.split(" ").map((one) => Buffer.from(one));
  const isSigned = given.some((one) => one.length === expected.length && timingSafeEqual(one, expected));
  if (!isSigned || Math.abs(Date.now() / 1000 - Number(at)) > 300) return response.sendStatus(401);
  const event = JSON.parse(request.body);
  if (event.type === "session.ended") endSockets(event.data.sid);
  response.sendStatus(204); // any other answer, and the event comes again
});
// receiver: end

function endSockets(sid) {
  console.log(`ended ${sid}`);
}

app.listen(Number(process.env.PORT), "127.0.0.1", () => console.log("listening"));
