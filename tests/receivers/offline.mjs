// Closes the network of the process: what a receiver cannot tell from what it was
// given, it shall not be told by anybody.
import http from "node:http";
import https from "node:https";
import net from "node:net";

const closed = () => {
  throw new Error("the network is closed");
};
globalThis.fetch = closed;
http.request = http.get = https.request = https.get = closed;
net.connect = net.createConnection = net.Socket.prototype.connect = closed;
