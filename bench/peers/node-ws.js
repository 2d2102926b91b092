// node node-ws.js PORT: each client sends "sub sN" as text. Feed on PORT + 1: records of u16 symbol and 21 bytes.
const net = require('net');
const { WebSocketServer } = require('ws');

const port = Number(process.argv[2]);
const subscribers = new Map();
const symbols = Array.from({ length: 4096 }, (_, i) => 's' + i);

new WebSocketServer({ port, host: '127.0.0.1', perMessageDeflate: false, clientTracking: false, backlog: 4096 })
  .on('connection', ws => {
    const joined = [];
    ws.on('message', data => {
      const text = data.toString();
      if (!text.startsWith('sub ')) return;
      const symbol = text.slice(4);
      if (!subscribers.has(symbol)) subscribers.set(symbol, new Set());
      subscribers.get(symbol).add(ws);
      joined.push(subscribers.get(symbol));
    });
    ws.on('error', () => ws.terminate());
    ws.on('close', () => joined.forEach(set => set.delete(ws)));
  });

net.createServer(feed => {
  let rest = null;
  feed.on('error', () => feed.destroy());
  feed.on('data', data => {
    const bytes = rest ? Buffer.concat([rest, data]) : data;
    let at = 0;
    for (; bytes.length - at >= 23; at += 23) {
      const set = subscribers.get(symbols[bytes.readUInt16LE(at)]);
      if (!set) continue;
      const payload = Buffer.from(bytes.subarray(at + 2, at + 23));
      for (const ws of set) ws.send(payload, { binary: true });
    }
    rest = at < bytes.length ? Buffer.from(bytes.subarray(at)) : null;
  });
}).listen(port + 1, '127.0.0.1');
